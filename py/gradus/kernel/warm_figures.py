"""The figures that warm up drawing, each small, so that none takes long: texts, marks, formulas, panels."""

# %%
import matplotlib.pyplot as plt
import numpy as np

plt.plot(np.arange(3))
plt.title("Fit")
plt.show()

# %%
import matplotlib.pyplot as plt
import numpy as np

x = np.linspace(0.1, 4, 40)
plt.scatter(x, x**2, alpha=0.6, label="data")
plt.plot(x, x**2, "--", label="line")
plt.xlabel("x")
plt.grid(True)
plt.legend()
plt.show()

# %%
import matplotlib.pyplot as plt
import numpy as np

x = np.linspace(0.1, 4, 40)
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.5))
left.plot(x, x**2, label=r"$\hat{y} = x^2$")
left.annotate("here", (2, 4), xytext=(1, 9), arrowprops={"arrowstyle": "->"})
left.set_xlabel("$x$")
left.legend()
right.semilogy(x, np.exp(-x))
right.axhline(0.1)
right.fill_between(x, 0.05, 0.2, alpha=0.3)
right.set_ylabel("loss")
figure.tight_layout()
plt.show()
