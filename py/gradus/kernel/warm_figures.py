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
plt.plot(x, x**2, label=r"$\hat{y} = x^2$")
plt.annotate("here", (2, 4), xytext=(1, 9), arrowprops={"arrowstyle": "->"})
plt.xlabel("$x$")
plt.legend()
plt.show()

# %%
import matplotlib.pyplot as plt
import numpy as np

x = np.linspace(0.1, 4, 40)
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.5))
left.axhline(0.1)
left.fill_between(x, 0.05, 0.2, alpha=0.3)
right.semilogy(x, np.exp(-x))
right.set_ylabel("loss")
figure.tight_layout()
plt.show()
