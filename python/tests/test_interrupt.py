"""Ctrl-C ends what takes long, and threads of Python go on meanwhile."""

import os
import signal
import threading
import time

import numpy as np
import pytest

from tensor_dyson import Law, sample, spectrum


def interrupted(work, after=0.5):
    """Seconds between Ctrl-C and the exception."""
    pressed = []

    def press():
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(after, press)
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            work()
        return time.monotonic() - pressed[0]
    finally:
        timer.cancel()


def test_ctrl_c_ends_the_copies():
    x = np.random.default_rng(0).standard_normal((2000, 400))
    assert interrupted(lambda: spectrum(x, copies=100_000, level=0.9)) < 30


def test_ctrl_c_ends_values_of_a_law():
    law = Law("mp(0.5) [x] atoms(1:0.3, 2:0.3, 5:0.4)")
    assert interrupted(lambda: law.density(np.linspace(0.1, 10, 10_000_000))) < 10


def test_ctrl_c_ends_a_distribution_function_and_eigenvalues():
    heavy = Law("mp(1) [x] (mp(1) * mp(1))")
    assert interrupted(lambda: heavy.cdf(1.0)) < 10
    rng = np.random.default_rng(1)
    x, w = rng.standard_normal((2500, 20)), rng.standard_normal((20, 40))
    assert interrupted(lambda: sample(x, w, np.ones(40), "relu")) < 10


def test_threads_go_on():
    law = Law("mp(0.5) [x] atoms(1:0.3, 2:0.3, 5:0.4)")
    counted = []
    stop = threading.Event()

    def count():
        while not stop.is_set():
            counted.append(1)
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    law.density(np.linspace(0.1, 10, 20_000))
    stop.set()
    thread.join()
    assert len(counted) > 5
