"""Gradient descents as readers write them, and what is noticed about a run of one."""

from __future__ import annotations

import warnings

from gradus.kernel.explain import notice_divergence
from gradus.kernel.explain.divergence import find_divergence
from gradus.kernel.explain.explanation import Explanation
from kernel.explain.checks import Reader

NP = "import numpy as np\nrng = np.random.default_rng(1)\nX = np.linspace(0, 10, 50)\ny = 2 * X + 1\n"
DESCEND = """def bowl(p): return sum(x**2 for x in p)
def bowl_gradient(p): return [2 * x for x in p]
def oval_gradient(p): return [2 * p[0], 10 * p[1]]
def descend(f, grad_f, w0, learning_rate=0.1, epochs=50):
    w = list(w0)
    history = [f(w)]
    for _ in range(epochs - 1):
        slopes = grad_f(w)
        w = [wi - learning_rate * s for wi, s in zip(w, slopes)]
        history.append(f(w))
    return w, history
"""
FIT = """def fit(X, y, lr=0.01, epochs=30):
    w = b = 0.0
    losses = []
    for _ in range(epochs):
        error = w * X + b - y
        losses.append(np.mean(error ** 2))
        w -= lr * 2 * np.mean(error * X)
        b -= lr * 2 * np.mean(error)
    return w, b, losses
"""
MULTI = """def fit(X, y, learning_rate=0.01, epochs=30):
    n, d = X.shape
    w, b = np.zeros(d), 0.0
    for _ in range(epochs):
        error = X @ w + b - y
        w = w - learning_rate * (2 / n) * X.T @ error
        b = b - learning_rate * (2 / n) * error.sum()
    return w, b
"""
MODEL = """class Model:
    def __init__(self, learning_rate=0.01):
        self.learning_rate = learning_rate
    def fit(self, X, y, epochs=30):
        self.w = self.b = 0.0
        self.history = []
        for _ in range(epochs):
            error = [self.w * x + self.b - t for x, t in zip(X, y)]
            self.history.append(sum(e * e for e in error) / len(X))
            self.w -= self.learning_rate * 2 * sum(e * x for e, x in zip(error, X)) / len(X)
            self.b -= self.learning_rate * 2 * sum(error) / len(X)
"""
LOOP = """w = 5.0
eta = 1.2
losses = []
for step in range(30):
    losses.append(w ** 2)
    w = w - eta * 2 * w
"""
LATE = """w = [1e-6, 5.0]
lr = 1.05
losses = []
for i in range(300):
    losses.append(w[0] ** 2 + w[1] ** 2)
    w = [w[0] - lr * 2 * w[0], w[1] - lr * w[1]]
"""


def make_loop(start: str, name: str, kept: str, step: str) -> str:
    """A loop that keeps something of each round in a list."""
    return f"{start}\nrate = 0.1\n{name} = []\nfor i in range(50):\n    {name}.append({kept})\n    {step}"


def notice(program: str) -> Explanation | None:
    """What is said after a program that goes through; mistakes of ours show."""
    reader = Reader()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert reader.run(program, "cell") is None, reader.error
        found = find_divergence(program, "cell", reader.namespace, reader.surroundings)
    assert notice_divergence(program, "cell", reader.namespace, reader.surroundings) == found
    return found
