"""Ctrl-C ends what takes long, and threads of Python go on meanwhile."""

import os
import signal
import threading
import time

import numpy as np
import pytest

from tensor_dyson import Law, spectrum


def test_ctrl_c_ends_the_copies():
    x = np.random.default_rng(0).standard_normal((2000, 400))
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        spectrum(x, copies=100_000, level=0.9)
    assert time.monotonic() - start < 30


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
