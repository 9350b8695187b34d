"""Programs with matplotlib that any fast start must run as a plain one does: kinds of figures."""

# %%
import matplotlib.pyplot as plt
import numpy as np

x, y = np.meshgrid(np.linspace(-2, 2, 30), np.linspace(-2, 2, 30))
plt.contourf(x, y, np.sin(x * y))
plt.colorbar()
plt.figure()
plt.contour(x, y, x**2 - y**2, levels=7)

# %%
figure = plt.figure()
axes = figure.add_subplot(projection="3d")
axes.plot_surface(x, y, np.cos(x) * y, cmap="viridis")

# %%
generator = np.random.default_rng(3)
plt.tripcolor(generator.random(50), generator.random(50), generator.random(50))
plt.show()
plt.hist(generator.normal(size=300), bins=20)
plt.title("Häufigkeit, π and $\\frac{1}{2}\\sum_i x_i$")

# %%
figure, axes = plt.subplots(2, 2, layout="constrained")
axes[0, 0].imshow(x * y)
axes[0, 1].bar(["one", "two"], [1, 2])
axes[1, 0].quiver(x[::5, ::5], y[::5, ::5], y[::5, ::5], -x[::5, ::5])
axes[1, 1].pie([1, 2, 3], labels=list("abc"))

# %%
plt.plot([1, 2], [1, 2, 3])

# %%
import hashlib
import io

from matplotlib.figure import Figure

figure = Figure()
figure.add_subplot().plot([1, 3, 2])
for kind, metadata in (("png", {"Software": None}), ("svg", {"Date": None}), ("pdf", {"CreationDate": None})):
    plt.rcParams["svg.hashsalt"] = "fixed"
    file = io.BytesIO()
    figure.savefig(file, format=kind, metadata=metadata)
    print(kind, hashlib.sha256(file.getvalue()).hexdigest())

# %%
import matplotlib
import matplotlib.animation
from PIL import Image

picture = Image.fromarray((np.arange(10000) % 255).astype("uint8").reshape(100, 100))
file = io.BytesIO()
picture.convert("RGB").save(file, "JPEG")
print(hashlib.sha256(file.getvalue()).hexdigest(), matplotlib.get_backend(), plt.get_fignums())
print(sorted(matplotlib.rcParams.items()))

# %%
with plt.style.context("ggplot"):
    plt.plot(np.arange(5))
    plt.text(1, 1, "a", family="monospace")
    plt.xlabel("b", fontstyle="italic")
    plt.show()
plt.figure().number
