//! The page's style sheet, with the colours of the dark ground and of the lines put in.

const STYLE: &str = include_str!("page/style.css");
/// The colours on a dark ground: lighter versions of the same hues.
const DARK: &str = "--ink:#e8e6e1;--soft:#a3a29b;--ground:#15171a;--card:#1c1f23;--rule:#383c42;\
--accent:#7fb8ea;--good:#4fc79b;--bad:#ff9462;--open:#bda2ec;--wash:#24282d;--l0:#5ab4ee;--l1:#ff8a4c;\
--l2:#35c79a;--l3:#e6a5cb;--l4:#e8e6e1;--l5:#f2bb45;--b0:#4d545d;--b1:#7a6436;--grid:#30343a";

pub(super) fn style() -> String {
    let dark = format!(
        "@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{DARK}}}}}\
         :root[data-theme=dark]{{color-scheme:dark;{DARK}}}"
    );
    let lines: String = (0..6)
        .map(|k| format!(".s-l{k}{{stroke:var(--l{k})}}.f-l{k}{{fill:var(--l{k})}}"))
        .collect();
    STYLE.replace("DARK", &dark).replace("LINES", &lines)
}
