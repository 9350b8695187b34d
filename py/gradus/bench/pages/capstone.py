import matplotlib.pyplot as plt
import numpy as np

np.random.seed(42)
X = np.linspace(0, 10, 50)
y = 2 * X + 1 + 0.5 * np.random.randn(50)


def linear_regression_gd(X, y, learning_rate=0.01, epochs=1000):
    w, b, history = 0.0, 0.0, []
    for _ in range(epochs):
        error = w * X + b - y
        history.append(np.mean(error**2))
        grad_w = 2 * np.mean(error * X)
        grad_b = 2 * np.mean(error)
        w = w - learning_rate * grad_w
        b = b - learning_rate * grad_b
    return w, b, history


w, b, history = linear_regression_gd(X, y, epochs=500)
print(f"y = {w:.3f}x + {b:.3f}")

fig, (left, right) = plt.subplots(1, 2, figsize=(6.6, 3.4))
left.scatter(X, y, s=16, label="data")
left.plot(X, w * X + b, color="C1", label="fitted line")
left.set(xlabel="x", ylabel="y", title="The fit")
left.legend()
right.semilogy(range(1, len(history) + 1), history)
right.set(xlabel="epoch", title="MSE per epoch")
right.locator_params(axis="x", nbins=4)
plt.show()
