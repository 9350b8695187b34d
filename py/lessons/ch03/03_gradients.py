# ---
# title: Derivatives, gradients and gradient descent
# slug: gradients
# level: Advanced
# track: Foundation
# hours: 3.5
# description: >-
#   From the slope of a curve to a line fitted by gradient descent, built
#   step by step in pure Python and finished in NumPy.
# learn:
#   - compute derivatives, partial derivatives and gradients numerically,
#     and say how exact the result is
#   - minimise a function by gradient descent, and choose a learning rate
#     that neither crawls nor diverges
#   - find gradients by hand with the chain rule, the way backpropagation
#     does
#   - fit a linear regression from scratch, with one feature and with many
# ---

# %% [markdown]
# Training a model means changing its numbers until its answers are good. This
# lesson builds the method by which nearly every model is trained, *gradient
# descent*, out of its parts: the slope of a curve, the slopes of a surface, the
# step downhill, and the rule that carries slopes back through many layers. At
# the end you fit a line to noisy data with code in which nothing is hidden.
#
# ## 1. Why calculus matters for AI
#
# A model is a function with adjustable numbers inside, its **parameters**. To
# train it we need one number that says how wrong it is: the **loss**. It is
# large when the model's answers are far from the right ones and small when they
# are close. Training is then a search for the parameters with the smallest loss.
#
# Trying every combination is hopeless. A hundred parameters with only ten values
# each make $10^{100}$ combinations, and a language model has billions of
# parameters. But there is no need to see the whole landscape. Someone on a hill
# in thick fog can still get down: feel which way the ground slopes, take a step
# that way, and feel again. Calculus is how a program feels the ground.
#
# Three ideas are enough, and each is built on the one before:
#
# - The **derivative** is a slope: how fast the loss changes when one number
#   changes.
# - The **gradient** collects the slopes for all parameters. It points in the
#   direction of steepest *ascent*.
# - **Gradient descent** takes a small step in the opposite direction, and
#   repeats.

# %% [markdown]
# ## 2. Derivatives
#
# The slope of a straight line is its rise divided by its run, and it is the same
# everywhere. A curve is steeper in some places than in others, so its slope is a
# question about one point. To answer it, take that point and a second one, a
# step $h$ further on. The straight line through both is a **secant**, and its
# slope is
#
# $$\frac{f(x + h) - f(x)}{h}.$$
#
# Now let the step shrink. The second point slides towards the first, the secant
# turns, and it settles on the line that touches the curve, the **tangent**. The
# slope that it settles on is the **derivative** of $f$ at $x$:
#
# $$f'(x) = \frac{df}{dx} = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}.$$
#
# For $f(x) = x^2$ the limit can be taken by hand:
#
# $$\frac{(x + h)^2 - x^2}{h} = \frac{2xh + h^2}{h} = 2x + h
# \;\longrightarrow\; 2x.$$
#
# So the slope is $2$ at $x = 1$ and $6$ at $x = 3$. It is $0$ at the bottom,
# $x = 0$, and negative to the left of it, where the curve falls.

# %%
#| id: secant
#| try:
#|   - label: Shrink the step
#|     set: {steps: [0.5, 0.25, 0.1]}
#|     expect: abs(slopes[-1] - 2.1) < 1e-9
#|   - label: From the other side
#|     set: {steps: [-1.5, -1, -0.5]}
#|     expect: slopes == [0.5, 1, 1.5]
#|   - label: Where the curve falls
#|     set: {x0: -1}
#|     expect: tangent == -2 and slopes == [0, -1, -1.5]
#| fig-cap: Secants of $x^2$ turn into the tangent as the step $h$ shrinks.
#| fig-alt: >-
#|   The parabola x squared with its tangent at x = 1, which has slope 2, and three secants
#|   from the same point with steps 2, 1 and 0.5. Their slopes are 4, 3 and 2.5: the shorter the
#|   step, the closer the secant lies to the tangent.
import matplotlib.pyplot as plt


def square(x):
    return x**2


def evenly(start, stop, count=101):
    """count evenly spaced numbers, from start to stop."""
    gap = (stop - start) / (count - 1)
    return [start + i * gap for i in range(count)]


x0 = 1
steps = [2, 1, 0.5]
tangent = 2 * x0
slopes = [(square(x0 + h) - square(x0)) / h for h in steps]

xs = evenly(x0 - 2.2, x0 + 2.2)
fig, ax = plt.subplots()
ax.plot(xs, [square(x) for x in xs], color="C5")
for h, slope, color in zip(steps, slopes, ["C0", "C2", "C4"]):
    ends = [min(x0, x0 + h) - 0.4, max(x0, x0 + h) + 0.4]
    line = [square(x0) + slope * (x - x0) for x in ends]
    name = f"h = {h:g}: slope {slope:g}"
    ax.plot(ends, line, color=color, lw=1.5, label=name)
    ax.plot(x0 + h, square(x0 + h), "o", color=color)
ends = [x0 - 1.2, x0 + 1.2]
line = [square(x0) + tangent * (x - x0) for x in ends]
name = f"tangent: slope {tangent:g}"
ax.plot(ends, line, color="C1", lw=3, label=name)
ax.plot(x0, square(x0), "o", color="C1", ms=8)
ax.set(xlabel="x", ylabel="f(x) = x²")
ax.legend()
plt.show()

# %% [markdown]
# *Shrink the step* brings the secants so close to the tangent that they can
# hardly be told apart. *From the other side* lets $h$ be negative: the slopes
# then come from below, $0.5, 1, 1.5$, and approach the same $2$. That both sides
# agree is what makes it a limit. *Where the curve falls* moves to $x = -1$, where
# the slope is $-2$.
#
# ### Derivatives by computer
#
# A program can't let $h$ go to zero, but it can take a small $h$ and accept a
# small error. How small that error is depends on where the two points lie. The
# Taylor series gives the value of $f$ on both sides of $x$:
#
# $$f(x \pm h) = f(x) \pm h f'(x) + \frac{h^2}{2} f''(x) \pm \frac{h^3}{6} f'''(x)
# + \cdots$$
#
# The **one-sided difference** puts one point at $x$ and one at $x + h$, as the
# secants above did. The term with $f''$ stays behind:
#
# $$\frac{f(x + h) - f(x)}{h} = f'(x) + \frac{h}{2} f''(x) + \cdots$$
#
# The **central difference** puts one point on either side. Subtracting the two
# series cancels every even term, $f''$ included:
#
# $$\frac{f(x + h) - f(x - h)}{2h} = f'(x) + \frac{h^2}{6} f'''(x) + \cdots$$
#
# Make $h$ ten times smaller, and the first error shrinks ten times, the second
# a hundred times. So we use the central difference, here on $f(x) = x^2$ at
# $x = 3$, where the slope is exactly $6$.

# %%
#| id: derivative
#| try:
#|   - label: Left of the bottom
#|     set: {x: -1}
#|     expect: abs(slope + 2) < 1e-8
#|   - label: The sine at zero
#|     set: {f: math.sin, x: 0}
#|     expect: abs(slope - 1) < 1e-8
#|   - label: At a corner
#|     set: {f: abs, x: 0}
#|     expect: slope == 0
#|   - label: A step too small
#|     set: {h: 1e-16}
#|     expect: slope == 0
import math


def derivative_numerical(f, x, h=1e-5):
    """Slope of f at x: the central difference with step h."""
    return (f(x + h) - f(x - h)) / (2 * h)


f = square
x = 3
slope = derivative_numerical(f, x, h=1e-5)
print(f"f'({x}) = {slope:.6f}")

# %% [markdown]
# *The sine at zero* gives $1$, which is $\cos 0$, as it should. Two of the other
# variations end at $0$, and both answers are wrong. *At a corner*
# asks for the slope of $|x|$ at $0$. There is none: it is $-1$ on the left and
# $+1$ on the right, and the central difference returns their average without a
# word. *A step too small* takes $h = 10^{-16}$. A Python float carries about 16
# digits, so $3 + 10^{-16}$ is rounded to $3$, both points are the same, and the
# rise is nothing at all.
#
# So the step can be too small as well as too large. The next figure shows both
# differences for $e^x$ at $x = 1$ and every step from $1$ down to $10^{-15}$. Both
# axes are logarithmic, so an error that shrinks like $h$ is a line of slope
# $1$, and one that shrinks like $h^2$ a line of slope $2$.

# %%
#| id: step-size
#| try:
#|   - label: x² instead
#|     set: {f: square, exact: 2 * x}
#|     expect: max(central[:9]) < 1e-12 and abs(one_sided[4] - 0.1) < 1e-9
#|   - label: The sine
#|     set: {f: math.sin, exact: math.cos(x)}
#|     expect: exact < 1 and central[20] < 1e-9 < 1e-6 < one_sided[20]
#| fig-cap: How far both differences are from the exact slope of $e^x$ at $1$.
#| fig-alt: >-
#|   Error against step h on logarithmic axes, h falling from 1 on the right to 1e-15 on the left.
#|   The one-sided error falls in a straight line of slope 1 to about 1e-8 at h = 1e-8. The
#|   central error falls twice as steeply, to about 1e-11 at h = 1e-5. Left of these points
#|   both rise again, jagged, along a dotted line that grows as h shrinks: the rounding error.
x = 1
f = math.exp
exact = math.exp(x)

steps = [10 ** (-k / 4) for k in range(61)]
one_sided = [abs((f(x + h) - f(x)) / h - exact) for h in steps]
central = [abs(derivative_numerical(f, x, h) - exact) for h in steps]
rounding = [2**-53 * exact / h for h in steps]

fig, ax = plt.subplots()
ax.loglog(steps, one_sided, color="C1", label="one-sided")
ax.loglog(steps, central, color="C0", label="central")
ax.loglog(steps, rounding, ":", color="C5", label="rounding")
ax.legend(loc="lower left")
ax.set(xlabel="step h", ylabel="error", ylim=(1e-13, 10))
plt.show()

# %% [markdown]
# Read each curve from the right. While $h$ is large, the formula is to blame,
# and the error falls at the rate that the Taylor series foretold. Then rounding
# takes over. $f(x + h)$ is stored with a relative error of about $10^{-16}$, and
# dividing by $h$ magnifies it: the dotted line, which rises as $h$ falls. The
# best step lies where the two meet, near $10^{-8}$ for the one-sided difference
# and near $10^{-5}$ for the central one, which is hundreds of times more exact
# there. That is where `h=1e-5` comes from.
#
# With *x² instead* the central curve loses its right half: $f'''$ is zero for a
# parabola, so the formula makes no error at all, and rounding is all that is
# left. *The sine* shows that $e^x$ was nothing special.

# %% [markdown]
# ## 3. Partial derivatives
#
# A loss depends on many parameters at once. To ask for the slope with respect to
# one of them, hold all the others fixed. What remains is a function of one
# variable, and its derivative is the **partial derivative**, written with a
# rounded $\partial$:
#
# $$\frac{\partial f}{\partial x}(x, y)
# = \lim_{h \to 0} \frac{f(x + h, y) - f(x, y)}{h}.$$
#
# By hand nothing is new: treat the other variables as constants. For
# $f(x, y) = x^2 + 2xy + y^2$,
#
# $$\frac{\partial f}{\partial x} = 2x + 2y,
# \qquad \frac{\partial f}{\partial y} = 2x + 2y.$$
#
# By computer nothing is new either. A point is now a list of coordinates, and the
# central difference moves only the one with index `idx`.


# %%
#| id: partial
#| try:
#|   - label: On the floor
#|     set: {point: [2, -2]}
#|     expect: abs(df_dx) < 1e-8 and abs(df_dy) < 1e-8
#|   - label: The opposite side
#|     set: {point: [-1, -2]}
#|     expect: abs(df_dx + 6) < 1e-8 and abs(df_dy + 6) < 1e-8
#|   - label: A product
#|     set: {f: "lambda p: p[0] * p[1]"}
#|     expect: abs(df_dx - 2) < 1e-8 and abs(df_dy - 1) < 1e-8
def partial_numerical(f, idx, point, h=1e-5):
    """Slope of f at point along axis idx, all else held fixed."""
    ahead, behind = list(point), list(point)
    ahead[idx] += h
    behind[idx] -= h
    return (f(ahead) - f(behind)) / (2 * h)


def trough(point):
    """x² + 2xy + y², which is (x + y)²."""
    x, y = point
    return x**2 + 2 * x * y + y**2


f = trough
point = [1, 2]
df_dx = partial_numerical(f, 0, point)
df_dy = partial_numerical(f, 1, point)
print(f"df/dx = {df_dx:.4f}")
print(f"df/dy = {df_dy:.4f}")

# %% [markdown]
# Both are $6$ at $(1, 2)$, as the formulas say. The function is $(x + y)^2$ in
# disguise, a trough whose floor is the line $x + y = 0$; *On the floor* stands
# on it, and both slopes vanish, while on *The opposite side* they are negative.
# *A product* asks for the partial derivatives of
# $xy$. Each is the other coordinate: $y = 2$ and $x = 1$.
#
# In the picture a surface is a stack of curves, one for each fixed $y$. Choosing
# a point chooses one of them, and the partial derivative is that curve's slope.

# %%
#| id: slice
#| try:
#|   - label: Hold y at -1
#|     set: {y0: -1}
#|     expect: abs(slope) < 1e-8
#|   - label: Hold y at 0, stand at -2
#|     set: {x0: -2, y0: 0}
#|     expect: abs(slope + 4) < 1e-8
#| fig-cap: The trough $(x + y)^2$, cut along the $x$ axis at $y = 2$.
#| fig-alt: >-
#|   Left, the surface of the trough drawn as a stack of parabolas, one for each y; the one at
#|   y = 2 is highlighted, with the point x = 1 on it. Right, that parabola alone, with its
#|   tangent of slope 6 at x = 1.
x0 = 1
y0 = 2
xs = evenly(-3, 3, 31)
slope = partial_numerical(trough, 0, [x0, y0])
cut = [trough([x, y0]) for x in xs]
ends = [x0 - 1.3, x0 + 1.3]
tangent = [trough([x0, y0]) + slope * (x - x0) for x in ends]

fig = plt.figure(figsize=(6.6, 3.4))
left = fig.add_subplot(1, 2, 1, projection="3d")
for y in evenly(-3, 3, 13):
    heights = [trough([x, y]) for x in xs]
    left.plot(xs, [y] * len(xs), heights, color="0.75", lw=1)
left.plot(xs, [y0] * len(xs), cut, lw=2.5)
left.plot(x0, y0, trough([x0, y0]), "o", color="C1", ms=7)
left.set(xlabel="x", ylabel="y", zticks=[])
left.set_title("One curve for each y")
left.view_init(elev=40, azim=-80)
left.tick_params(pad=-2)
left.set_box_aspect(None, zoom=1.1)

right = fig.add_subplot(1, 2, 2)
right.plot(xs, cut)
right.plot(ends, tangent, color="C1", lw=3)
right.plot(x0, trough([x0, y0]), "o", color="C1", ms=7)
right.set(xlabel="x", title=f"y = {y0}: slope {slope:.2g}")
plt.show()

# %% [markdown]
# *Hold y at -1* makes $x = 1$ the lowest point of its curve: the slope along $x$
# is $0$ there, whatever the surface does along $y$. *Hold y at 0, stand at -2*
# picks a third curve, and a place where it falls.
#
# ### The partial derivatives of a loss
#
# Now the case that the rest of the lesson needs. A model predicts
# $\hat y = wx + b$, the right answer is $y$, and the loss is the squared error
#
# $$L = (wx + b - y)^2.$$
#
# In training, $x$ and $y$ are data: they are what they are. The variables are the
# parameters $w$ and $b$. Differentiate the square first, then what is inside it:
#
# $$\frac{\partial L}{\partial w} = 2(wx + b - y)\,x, \qquad
# \frac{\partial L}{\partial b} = 2(wx + b - y).$$
#
# Whoever differentiates by hand makes mistakes, and the numerical derivative
# finds them. It is slow, but it uses no algebra, so it can't repeat a slip of
# yours.

# %%
#| id: squared-error
#| try:
#|   - label: Exactly right
#|     set: {target: 7}
#|     expect: by_hand == [0, 0]
#|   - label: Too low
#|     set: {target: 10}
#|     expect: by_hand == [-18, -6]
#|   - label: No input
#|     set: {x: 0}
#|     expect: by_hand == [0, -6]
x = 3
target = 4


def squared_error(params):
    w, b = params
    return (w * x + b - target) ** 2


def squared_error_partials(params):
    """The partial derivatives by w and by b, found by hand."""
    w, b = params
    error = w * x + b - target
    return [2 * error * x, 2 * error]


params = [2, 1]
by_hand = squared_error_partials(params)
by_computer = [
    partial_numerical(squared_error, idx, params) for idx in (0, 1)
]
print("by hand:    ", by_hand)
print("by computer:", [round(slope, 6) for slope in by_computer])

# %% [markdown]
# The model says $2 \cdot 3 + 1 = 7$ and should say $4$. Both slopes are positive:
# a larger $w$ or $b$ would make the loss larger, so both must come down. *Too
# low* turns the signs round, and *Exactly right* leaves nothing to change. With
# *No input* the weight had no part in the answer, $wx = 0$ whatever $w$ is, and
# its slope is $0$.

# %% [markdown]
# ## 4. The gradient
#
# The **gradient** of $f$ at a point is the vector of its partial derivatives
# there:
#
# $$\nabla f = \left[ \frac{\partial f}{\partial x_1}, \;
# \frac{\partial f}{\partial x_2}, \; \dots, \;
# \frac{\partial f}{\partial x_n} \right].$$
#
# It has one entry for each variable, so it lives in the same space as the point.
# That is why it can be drawn as an arrow, and why it can be added to the point:
# both will be needed.


# %%
#| id: gradient
#| try:
#|   - label: On the floor
#|     set: {point: [2, -2]}
#|     expect: max(abs(g) for g in gradient) < 1e-8
#|   - label: Three variables
#|     set: {f: bowl, point: [1, 2, 3]}
#|     expect: >-
#|       len(gradient) == 3 and
#|       all(abs(g - 2 * p) < 1e-8 for g, p in zip(gradient, point))
def gradient_numerical(f, point, h=1e-5):
    """All the partial derivatives of f at point, as a list."""
    return [
        partial_numerical(f, idx, point, h) for idx in range(len(point))
    ]


def bowl(point):
    """The sum of squares, x² + y² in two dimensions."""
    return sum(x**2 for x in point)


f = trough
point = [1, 2]
gradient = gradient_numerical(f, point)
print("[" + ", ".join(f"{g:.4g}" for g in gradient) + "]")

# %% [markdown]
# The function never asks how many variables there are: with *Three variables* it
# is given a point with three coordinates, and finds three slopes.
#
# ### Why it points straight uphill
#
# A small step changes each coordinate a little, and the changes of $f$ add up: a
# step of $t$ in the direction of a unit vector $u$ changes $f$ by about
# $t \, \partial f/\partial x_i \, u_i$ for each coordinate $i$. So the slope in that
# direction is the dot product of the gradient with $u$, which is the product of
# their lengths and the cosine of the angle $\theta$ between them:
#
# $$\nabla f \cdot u = \lVert \nabla f \rVert \cos\theta,
# \qquad \lVert u \rVert = 1.$$
#
# The cosine is largest at $\theta = 0$. So of all directions the gradient's own
# is the steepest, and the slope in it is the gradient's length. Straight against
# it, $\cos\theta = -1$, lies the steepest descent. At a right angle to it the
# ground is level. The next cell doesn't believe any of this: it turns round once,
# measures the slope in every direction, and compares.

# %%
#| id: steepest
#| try:
#|   - label: The bowl, every 15°
#|     set: {f: bowl, turn: 15}
#|     expect: abs(uphill - 63.435) < 1e-3 and degrees[steepest] == 60
#|   - label: On the floor
#|     set: {point: [2, -2]}
#|     expect: max(abs(slope) for slope in slopes) < 1e-6
f = trough
point = [1, 2]
turn = 45


def slope_towards(angle):
    """Slope of f at point along the unit vector at that angle."""
    ux = math.cos(math.radians(angle))
    uy = math.sin(math.radians(angle))
    x, y = point
    return derivative_numerical(
        lambda t: f([x + t * ux, y + t * uy]), 0
    )


degrees = list(range(0, 360, turn))
slopes = [slope_towards(angle) for angle in degrees]
for angle, slope in zip(degrees, slopes):
    print(f"{angle:3}°  {slope:+.3f}")

gx, gy = gradient_numerical(f, point)
uphill = math.degrees(math.atan2(gy, gx))
steepest = slopes.index(max(slopes))
print(f"measured: steepest at {degrees[steepest]}°")
print(f"gradient: {uphill:.1f}°, length {math.hypot(gx, gy):.3f}")

# %% [markdown]
# At $(1, 2)$ the trough's gradient is $[6, 6]$, an arrow at $45°$ of length
# $6\sqrt{2} \approx 8.485$, and the measurement finds both numbers. *The bowl,
# every 15°* has its steepest ascent at $63.4°$; the nearest direction tried is
# $60°$. *On the floor* the gradient is zero, and the ground is level all round:
# there is no way up to point to.
#
# On a map, a **contour line** joins points of equal height. Along it the slope is
# zero, so the gradient crosses every contour line at a right angle, towards the
# higher side, and it is long where the lines are close together.


# %%
#| id: field
#| try:
#|   - label: The bowl
#|     set: {f: bowl}
#|     expect: all(abs(v - 2 * y) < 1e-8 for (x, y), (u, v) in arrows)
#|   - label: The trough
#|     set: {f: trough}
#|     expect: all(abs(u - v) < 1e-8 for _, (u, v) in arrows)
#|   - label: A saddle
#|     set: {f: "lambda p: p[0] ** 2 - p[1] ** 2"}
#|     expect: all(abs(v + 2 * y) < 1e-8 for (x, y), (u, v) in arrows)
#| fig-cap: Contour lines of $x^2 + 3y^2$ and its gradient at a grid of points.
#| fig-alt: >-
#|   Oval contour lines around a minimum at the origin, wider than they are high, with an arrow
#|   for the gradient at each point of a grid. All arrows point outwards and cross the contour
#|   lines at right angles; they are longest above and below, where the lines are
#|   closest, and most of them do not point straight away from the minimum.
def oval(point):
    x, y = point
    return x**2 + 3 * y**2


f = oval
xs = evenly(-3, 3, 61)
ys = evenly(-2, 2, 41)
heights = [[f([x, y]) for x in xs] for y in ys]
arrows = [
    ((x, y), gradient_numerical(f, [x, y]))
    for x in evenly(-2.4, 2.4, 7)
    for y in evenly(-1.5, 1.5, 5)
]

fig, ax = plt.subplots(figsize=(6, 4.1))
ax.contour(xs, ys, heights, levels=8, colors="0.7")
ax.quiver(
    [x for (x, y), _ in arrows],
    [y for (x, y), _ in arrows],
    [u for _, (u, v) in arrows],
    [v for _, (u, v) in arrows],
    angles="xy",
    color="C0",
    width=0.006,
)
ax.plot(0, 0, "o", color="C1")
ax.set(xlabel="x", ylabel="y", aspect="equal")
ax.grid(False)
plt.show()

# %% [markdown]
# Note what the arrows don't do: on an oval, most of them don't point away from
# the minimum. The gradient knows the slope at one place and nothing else. *The
# bowl* is the exception, where uphill is straight outwards. In *The trough* all
# arrows are parallel and run out of the valley on both sides. *A saddle* has a
# point with gradient zero that is no minimum: uphill along $x$, downhill along
# $y$.

# %% [markdown]
# ## 5. Gradient descent
#
# Everything is ready for the descent. Start anywhere, at parameters $w_0$. Find
# the gradient there, take a step the opposite way, and repeat from the new
# place:
#
# $$w_{k+1} = w_k - \eta \, \nabla f(w_k).$$
#
# The factor $\eta$ (eta) is the **learning rate**. The step is $\eta$ times the
# gradient, so it is long where the slope is steep, and it shortens by itself near
# a minimum, where the gradient goes to zero. One round is an **epoch**. In
# section 7 each round will go once through all the data, which is what the word
# usually means.
#
# Here is the algorithm on the bowl $f(x, y) = x^2 + y^2$, from $(3, 4)$. The
# gradient is $[2x, 2y]$, so it needn't be measured. `history` holds the loss at
# every place visited, the start included; 50 epochs therefore take 49 steps.


# %%
#| id: descent
#| try:
#|   - label: Too small
#|     set: {learning_rate: 0.01}
#|     expect: >-
#|       abs(w[0] - 1.1148) < 1e-4 and abs(w[1] - 1.4864) < 1e-4
#|       and abs(loss - 3.452) < 1e-3
#|   - label: As in the text
#|     set: {learning_rate: 0.1}
#|     expect: abs(loss - 7.957e-09) < 1e-12
#|   - label: One jump
#|     set: {learning_rate: 0.5}
#|     expect: loss == 0 and history[1] == 0
#|   - label: Bouncing
#|     set: {learning_rate: 1.0}
#|     expect: w == [-3, -4] and set(history) == {25}
#|   - label: Diverging
#|     set: {learning_rate: 1.1}
#|     expect: >-
#|       abs(w[0] + 22751) < 1 and abs(w[1] + 30335) < 1
#|       and abs(loss / 1.438e9 - 1) < 1e-3
def gradient_descent_simple(
    f, grad_f, w0, learning_rate=0.1, epochs=100
):
    """Walk downhill from w0: the last place, and all the losses."""
    w = list(w0)
    history = [f(w)]
    for _ in range(epochs - 1):
        slopes = grad_f(w)
        w = [wi - learning_rate * s for wi, s in zip(w, slopes)]
        history.append(f(w))
    return w, history


def bowl_gradient(point):
    return [2 * x for x in point]


learning_rate = 0.1
w, history = gradient_descent_simple(
    bowl, bowl_gradient, [3, 4], learning_rate, epochs=50
)
loss = history[-1]
print(f"w = ({w[0]:.6f}, {w[1]:.6f})")
print(f"loss = {loss:.4g}")

# %% [markdown]
# From a loss of $25$ to less than $10^{-8}$. Now try the other learning rates,
# and guess before you click.
#
# For the bowl the whole walk can be foretold. The gradient is $2w$, so one step
# turns $w$ into $w - 2\eta w$: each step multiplies the distance from the
# minimum by the same factor,
#
# $$w_{k+1} = (1 - 2\eta)\, w_k,$$
#
# and the loss by its square. Everything depends on that factor.
#
# | learning rate | factor | what happens | loss after 49 steps |
# | ---: | ---: | :--- | ---: |
# | 0.01 | 0.98 | crawls, and is still on its way | 3.452 |
# | 0.1 | 0.8 | converges | 7.957e-09 |
# | 0.5 | 0 | one jump to the minimum | 0 |
# | 1.0 | −1 | bounces between $(3, 4)$ and $(-3, -4)$ for ever | 25 |
# | 1.1 | −1.2 | lands further off each time: diverges | 1.438e+09 |
#
# Below $0.5$ the walk stays on its side of the valley. Above $0.5$ it overshoots
# and lands on the other side, still nearer to the bottom than before as long as
# the factor is larger than $-1$. At $1$ it gains nothing, and beyond $1$ every
# step makes matters worse. In the pictures the same five walks, seen from above.

# %%
#| id: paths
#| try:
#|   - label: Start elsewhere
#|     set: {start: [-5, 1]}
#|     expect: walks[2][1][:2] == [26, 0] and walks[4][1][-1] > 1e9
#|   - label: A narrow valley
#|     set: {steepness: 5, rates: [0.01, 0.1, 0.19, 0.2, 0.21]}
#|     expect: walks[2][1][-1] < 1 < 79 < walks[3][1][-1] < walks[4][1][-1]
#| fig-cap: >-
#|   The walk from $(3, 4)$ for each learning rate, and the loss along it. The square marks the
#|   start, the cross the minimum.
#| fig-alt: >-
#|   Five maps of the bowl with the path of the descent, and one chart of the losses. Rate 0.01
#|   stops less than two thirds of the way. Rate 0.1 reaches the minimum in ever shorter
#|   steps. Rate 0.5 jumps there at once. Rate 1 goes to and fro between two opposite
#|   points. Rate 1.1 leaves the map. In the chart, with a logarithmic axis, the losses are
#|   straight lines: falling slowly, falling fast, gone after one step, level, and rising.
start = [3, 4]
steepness = 1
rates = [0.01, 0.1, 0.5, 1.0, 1.1]


def valley(point):
    x, y = point
    return x**2 + steepness * y**2


def valley_gradient(point):
    x, y = point
    return [2 * x, 2 * steepness * y]


def walk(learning_rate, epochs=50):
    """Every place on the way from start, and the losses there."""
    runs = [
        gradient_descent_simple(
            valley, valley_gradient, start, learning_rate, n
        )
        for n in range(1, epochs + 1)
    ]
    return [place for place, _ in runs], runs[-1][1]


side = evenly(-6, 6, 49)
heights = [[valley([x, y]) for x in side] for y in side]
walks = [walk(rate) for rate in rates]

fig, axes = plt.subplots(2, 3, figsize=(6.6, 4.5))
chart = axes.flat[5]
for i, (places, losses) in enumerate(walks):
    ax = axes.flat[i]
    ax.contour(side, side, heights, levels=6, colors="0.8")
    ax.plot(*zip(*places), "o-", color=f"C{i}", lw=1.3, ms=3)
    ax.plot(*start, "s", color=f"C{i}", ms=6)
    ax.plot(0, 0, "+", color="C5", ms=9)
    ax.set(title=f"rate {rates[i]}", aspect="equal")
    ax.set(xlim=(-6, 6), ylim=(-6, 6), xticks=[], yticks=[])
    chart.semilogy(losses, color=f"C{i}", lw=1.6)
chart.set(title="loss at each step", ylim=(1e-9, 1e10))
chart.yaxis.tick_right()
plt.show()

# %% [markdown]
# *Start elsewhere* turns the pictures and changes nothing else. *A narrow valley*
# makes the walls five times as steep, $f(x, y) = x^2 + 5y^2$, and that changes
# much: from $0.2$ on, the walk swings from wall to wall and never settles. The
# gentle direction would still bear a rate just under $1$, but there is only one
# rate for both, and the steep one dictates it. Most real losses have such
# valleys, and the capstone will meet one.
#
# Two things gradient descent doesn't promise. It finds *a* minimum, the one that
# lies downhill from the start, and not always the lowest. And it never arrives:
# it comes as near as the number of epochs allows.

# %% [markdown]
# ## 6. The chain rule
#
# A neural network is a function of a function of a function: each layer works on
# what the layer before it made. For such nested functions there is one rule. If
# $u = g(x)$ and $L = f(u)$, then
#
# $$\frac{dL}{dx} = \frac{dL}{du} \cdot \frac{du}{dx}.$$
#
# It works like gears. If $u$ turns three times as fast as $x$, and $L$ twice as
# fast as $u$, then $L$ turns six times as fast as $x$. Slopes along a chain are
# multiplied.
#
# Take the squared error of section 3 apart, down to single operations:
#
# $$p = wx, \qquad \hat y = p + b, \qquad e = \hat y - y, \qquad L = e^2.$$
#
# Each operation has a **local slope** that needs no knowledge of the others:
# $\frac{dL}{de} = 2e$, then $\frac{de}{d\hat y} = 1$, and so on. The slope for $w$
# is their product along the way from $L$ back to $w$:
#
# $$\frac{\partial L}{\partial w}
# = \frac{dL}{de} \cdot \frac{de}{d\hat y} \cdot \frac{d\hat y}{dp}
# \cdot \frac{\partial p}{\partial w}
# = 2e \cdot 1 \cdot 1 \cdot x.$$
#
# The way to $b$ begins with the same two links and ends with
# $\frac{\partial \hat y}{\partial b} = 1$. What the two ways share has to be
# computed only once, if we start at the end.


# %%
#| id: chain-rule
#| try:
#|   - label: Exactly right
#|     set: {w: 2.5}
#|     expect: dL_dw == 0 and dL_db == 0
#|   - label: Too high
#|     set: {w: 4}
#|     expect: dL_dw == 12 and dL_db == 6
#|   - label: No input
#|     set: {x: 0}
#|     expect: dL_dw == 0 and dL_db == -10
def mse_loss_gradients(w, b, x, y):
    """Slopes of (w*x + b - y)² by w and by b, by the chain rule."""
    product = w * x  # forward: from the parameters to the error
    prediction = product + b
    error = prediction - y

    dL_derror = 2 * error  # backward: from the loss to both
    dL_dprediction = dL_derror * 1
    dL_dproduct = dL_dprediction * 1
    dL_db = dL_dprediction * 1
    dL_dw = dL_dproduct * x
    return dL_dw, dL_db


w = 1
b = 0
x = 2
y = 5
dL_dw, dL_db = mse_loss_gradients(w, b, x, y)
print(f"dL/dw = {dL_dw}, dL/db = {dL_db}")

# %% [markdown]
# With $w = 1$, $b = 0$ and $x = 2$ the model says $2$ and should say $5$. The
# error is $-3$, the shared slope $-6$, and the slope for $w$ is twice that,
# because $w$ is multiplied by $x = 2$. Both are negative: raising either lowers
# the loss. *Too high* turns the signs round, and with *No input* the slope for $w$
# is $0$ again.
#
# The same as a picture, a **computational graph**. Values flow to the right.
# Slopes flow back to the left: each is the one to its right times the local slope
# in between, and says how fast the loss changes with the value above it.

# %%
#| id: graph
#| try:
#|   - label: Exactly right
#|     set: {w: 2.5}
#|     expect: loss == 0 and dL_dw == 0
#|   - label: Too high
#|     set: {w: 4}
#|     expect: error == 3 and dL_dw == 12 and dL_db == 6
#|   - label: A larger input
#|     set: {x: 4}
#|     expect: error == -1 and dL_dw == -8 and dL_db == -2
#| fig-cap: >-
#|   The computational graph of $(wx + b - y)^2$. Above each edge the value that flows forward,
#|   below it the slope of the loss that flows back.
#| fig-alt: >-
#|   A chain of four operations, times, plus, minus and square. Forward: w = 1 and x = 2 give
#|   2; plus b = 0 gives 2; minus y = 5 gives the error -3; squared, the loss 9. Backward: the
#|   loss's own slope is 1, the error's -6; plus and minus hand -6 on unchanged, to b as
#|   well; times makes it -12 for w, because x = 2.
w = 1
b = 0
x = 2
y = 5

product = w * x
prediction = product + b
error = prediction - y
loss = error**2
dL_dw, dL_db = mse_loss_gradients(w, b, x, y)
slope = 2 * error

edges = [  # from, to, value forward, slope back
    ((0, 1), (1.5, 0), f"w = {w:g}", f"{dL_dw:g}"),
    ((0, -1), (1.5, 0), f"x = {x:g}", ""),
    ((1.5, 0), (3, 0), f"{product:g}", f"{slope:g}"),
    ((3, -1.3), (3, 0), f"b = {b:g}", f"{dL_db:g}"),
    ((3, 0), (4.5, 0), f"{prediction:g}", f"{slope:g}"),
    ((4.5, -1.3), (4.5, 0), f"y = {y:g}", ""),
    ((4.5, 0), (6, 0), f"{error:g}", f"{slope:g}"),
    ((6, 0), (7.5, 0), f"L = {loss:g}", "1"),
]
style = {"arrowstyle": "-|>", "color": "0.55"}
style |= {"shrinkA": 28, "shrinkB": 17}

fig, ax = plt.subplots(figsize=(6.6, 2.8))
for start, end, value, back in edges:
    ax.annotate("", end, start, arrowprops=style)
    level = start[1] == end[1]
    x_text = (start[0] + end[0]) / 2 if level else start[0]
    gap = 0.12 if level else 0
    ax.text(x_text, start[1] + gap, value, color="C0", va="bottom")
    ax.text(x_text, start[1] - gap, back, color="C1", va="top")
for i, sign in enumerate(["×", "+", "−", "( )²"]):
    ax.text(1.5 * (i + 1), 0, sign, va="center")
ax.text(6.6, 1.2, "values →", color="C0")
ax.text(6.6, 0.8, "← slopes", color="C1")
for label in ax.texts:
    label.set(ha="center", size=14)
    label.set_text(label.get_text().replace("-", "−"))
ax.plot([1.5, 3, 4.5, 6], [0] * 4, "o", color="0.9", ms=32)
ax.set(xlim=(-0.5, 7.5), ylim=(-1.8, 1.6))
ax.axis("off")
plt.show()

# %% [markdown]
# In *Exactly right* the error is $0$, and so is every slope that flows back from
# it. In *A larger input* the error shrinks to $-1$ and the slope for $b$ with it,
# to $-2$, but the slope for $w$ is four times that, $-8$: the larger the input,
# the more $w$ matters.
#
# ### Backpropagation
#
# A deep network is a longer chain, and its gradient is found in the same two
# passes. **Forward**, compute each layer's output and keep it. **Backward**, start
# with slope $1$ at the end and multiply by one local slope for each layer. This
# is **backpropagation**. It costs about as much as two more runs of the network,
# however many parameters there are. Measuring the slopes numerically would take
# two runs for every single parameter.
#
# Here each layer multiplies by a weight and bends the result with $\tanh$, whose
# slope can be had from its output: $\tanh'(z) = 1 - \tanh^2 z$.

# %%
#| id: layers
#| try:
#|   - label: Twenty layers
#|     set: {depth: 20}
#|     expect: 0 < slope < 1e-6
#|   - label: Twenty layers, larger weight
#|     set: {depth: 20, weight: 2, start: 0}
#|     expect: slope == 2**20
#|   - label: Large input
#|     set: {start: 20}
#|     expect: 0 < slope < 1e-4
weight = 0.5
depth = 3
start = 0.8

outputs = [start]
for _ in range(depth):  # forward: first layer to last
    outputs.append(math.tanh(weight * outputs[-1]))

slope = 1
for output in reversed(outputs[1:]):  # backward: last to first
    slope = slope * (1 - output**2) * weight

print(f"output:  {outputs[-1]:.6f}")
print(f"slope:   {slope:.6g}")

# %% [markdown]
# Each of these layers has a local slope below one half, so with *Twenty layers*
# almost nothing is left of the product: a change at the input is lost on its way
# through, and the first layers of such a network would hardly learn. This is the
# **vanishing gradient**. *Twenty layers, larger weight* shows the opposite, the
# **exploding gradient**: with a weight of $2$, each layer doubles the slope at
# $0$, and twenty of them make a million. *Large input* drives the first $\tanh$ to
# where it is flat, and nothing gets past it.

# %% [markdown]
# ## 7. Capstone: linear regression
#
# Time to train a model. From here on NumPy does the arithmetic on whole arrays.
# The data are 50 points near the line $y = 2x + 1$, each moved up or down by
# random noise. The model doesn't know the line. It has a weight $w$, its slope, and
# a bias $b$, its intercept:
#
# $$\hat y = wx + b.$$
#
# Its loss is the **mean squared error** over all $n$ points:
#
# $$\text{MSE}(w, b) = \frac{1}{n} \sum_{i=1}^{n} (w x_i + b - y_i)^2.$$
#
# Before the computer does it, try it by eye. The thin lines are the errors.

# %%
#| id: guess
#| try:
#|   - label: Higher
#|     set: {b: 3.4}
#|     expect: abs(np.mean(guess - y)) < 0.05 and loss > 2
#|   - label: The line behind the data
#|     set: {w: 2, b: 1}
#|     expect: abs(loss - 0.226) < 1e-3
#| fig-cap: The data, a guess, and the error at every point.
#| fig-alt: >-
#|   Fifty points that rise along a straight line, with a guessed line of slope 1.5 and intercept
#|   2. Thin vertical lines, the errors, join each point to it; they are long on the right, where
#|   the guess lies too low.
import numpy as np


def make_data(noise=0.5):
    """50 points near y = 2x + 1, the same ones every time."""
    np.random.seed(42)
    X = np.linspace(0, 10, 50)
    y = 2 * X + 1 + noise * np.random.randn(50)
    return X, y


w = 1.5
b = 2
X, y = make_data()
guess = w * X + b
loss = np.mean((guess - y) ** 2)
print(f"MSE of the guess: {loss:.3f}")

fig, ax = plt.subplots()
ax.vlines(X, guess, y, color="C4", lw=1)
ax.plot(X, y, "o", color="C0", ms=4)
ax.plot(X, guess, color="C1")
ax.set(xlabel="x", ylabel="y", title=f"MSE = {loss:.3f}")
plt.show()

# %% [markdown]
# *Higher* lifts the line until the errors above and below it balance. That is
# better and not yet good, because now the slope is to blame. Remember the MSE of
# *The line behind the data*, $0.226$. It isn't $0$, since no line goes through
# noise.
#
# The gradient is that of section 3, averaged over the points:
#
# $$\frac{\partial\,\text{MSE}}{\partial w}
# = \frac{2}{n} \sum_{i=1}^{n} (w x_i + b - y_i)\, x_i, \qquad
# \frac{\partial\,\text{MSE}}{\partial b}
# = \frac{2}{n} \sum_{i=1}^{n} (w x_i + b - y_i).$$
#
# The rest is section 5: start at $w = b = 0$, and step against the gradient.


# %%
#| id: regression
#| try:
#|   - label: Rate 0.001
#|     set: {learning_rate: 0.001}
#|     expect: abs(b - 0.472) < 1e-3 and history[-1] > 0.28
#|   - label: Rate 0.02
#|     set: {learning_rate: 0.02}
#|     expect: abs(b - 1.028) < 1e-3 and abs(history[-1] - 0.206291) < 1e-6
#|   - label: Rate 0.05 diverges
#|     set: {learning_rate: 0.05, epochs: 12}
#|     expect: history[-1] > 1e9 and history[-1] > history[-2]
#|   - label: More noise
#|     set: {noise: 4}
#|     expect: abs(w - 2) > 0.2 and history[-1] > 10
#|   - label: 20 epochs
#|     set: {epochs: 20}
#|     expect: len(history) == 20 and abs(b - 0.380) < 1e-3
#|   - label: Without its bias
#|     set: {grad_b: 0}
#|     expect: b == 0 and abs(w - 2.124) < 1e-3
#| fig-cap: The data with the fitted line, and the loss on the way to it.
#| fig-alt: >-
#|   Two panels. Left, the fifty points and the fitted line through the middle of them. Right, the
#|   mean squared error per epoch on a logarithmic axis: it falls from 152 to below 1 within five
#|   epochs, then flattens out at about 0.2.
def linear_regression_gd(X, y, learning_rate=0.01, epochs=1000):
    """Fit y = w*X + b: the slope, the intercept, all the losses."""
    w, b, history = 0.0, 0.0, []
    for _ in range(epochs):
        error = w * X + b - y
        history.append(np.mean(error**2))
        grad_w = 2 * np.mean(error * X)
        grad_b = 2 * np.mean(error)
        w = w - learning_rate * grad_w
        b = b - learning_rate * grad_b
    return w, b, history


X, y = make_data(noise=0.5)
w, b, history = linear_regression_gd(
    X, y, learning_rate=0.01, epochs=500
)
print(f"y = {w:.3f}x + {b:.3f}")
print(f"last MSE: {history[-1]:.6f}")

fig, (left, right) = plt.subplots(1, 2, figsize=(6.6, 3.4))
left.scatter(X, y, s=16, label="data")
left.plot(X, w * X + b, color="C1", label="fitted line")
left.set(xlabel="x", ylabel="y", title="The fit")
left.legend()
right.semilogy(range(1, len(history) + 1), history)
right.set(xlabel="epoch", title="MSE per epoch")
right.locator_params(axis="x", nbins=4)
plt.show()

# %% [markdown]
# The fit is $y = 1.980x + 0.975$, and its MSE, $0.207$, is a little *lower* than
# that of the line from which the data were made. That is no mistake. The fit
# follows the 50 points it was given, noise included; the noise pulls it off the
# true line. With *More noise* it pulls harder.
#
# The loss falls steeply for five epochs and then creeps. *20 epochs* stops
# there: the line looks right, but $b$ is still near $0.38$. *Rate 0.001* has not
# come much further after 500. *Rate 0.02* uses the same 500 epochs better, and
# yet *Rate 0.05 diverges*, so violently that twelve epochs are enough to see
# it. *Without its bias* holds $b$ at $0$ by setting its slope to $0$: the line
# must then go through the origin, and is too steep.
#
# Why is $w$ found at once and $b$ so slowly, and why does so little separate a
# good rate from a bad one? The loss is a surface over the parameters. Here it
# is, with the path that the fit took across it.

# %%
#| id: loss-surface
#| try:
#|   - label: Rate 0.02
#|     set: {learning_rate: 0.02}
#|     expect: path[1][0] > path[3][0] > path[2][0]
#|   - label: Rate 0.028
#|     set: {learning_rate: 0.028}
#|     expect: path[1][0] > 3.9
#|   - label: Rate 0.001
#|     set: {learning_rate: 0.001}
#|     expect: abs(path[-1][1] - 0.472) < 1e-3
#| fig-cap: >-
#|   The loss over $(w, b)$, seen from above, and the path of the fit. The dots are epochs 1 to 14,
#|   then 20, 50, 100, 200 and 500.
#| fig-alt: >-
#|   Contour lines of the mean squared error over w and b: a long, narrow valley that runs almost
#|   along the b axis, with a shaded floor. The path starts at (0, 0), outside it, crosses
#|   to the valley floor near w = 2.07, b = 0.33 in about five steps, turns, and follows the
#|   floor upwards in many small steps to the end at w = 1.98, b = 0.97.
X, y = make_data()
learning_rate = 0.01
stops = [*range(15), 20, 50, 100, 200, 500]
path = np.array(
    [
        linear_regression_gd(X, y, learning_rate, epochs)[:2]
        for epochs in stops
    ]
)

ws, bs = np.meshgrid(
    np.linspace(-0.3, 4.3, 231), np.linspace(-0.4, 1.9, 93)
)
errors = ws[..., None] * X + bs[..., None] - y
mse = np.mean(errors**2, axis=-1)
levels = [0.25, 1, 4, 16, 64]

fig, ax = plt.subplots(figsize=(6.6, 4.2))
floor = ["wheat", "cornsilk"]
ax.contourf(ws, bs, mse, [0, 0.25, 1], colors=floor)
lines = ax.contour(ws, bs, mse, levels, colors="0.7")
spots = [(at, 1.6) for at in (0.55, 1.25, 1.6, 2.2, 2.55, 3.3)]
ax.clabel(lines, fmt="%g", colors="0.35", manual=spots)
ax.plot(*path.T, "o-", lw=1.4, ms=4)
ax.plot(*path[0], "s", color="C0", ms=9)
ax.plot(*path[-1], "o", color="C1", ms=9)
ax.annotate("start", path[0] + [0.05, -0.17], color="C0")
ax.annotate("end", path[-1] + [0.12, -0.04], color="C1")
ax.set(xlabel="w", ylabel="b")
ax.grid(False)
plt.show()

# %% [markdown]
# It is a narrow valley. Across it, mostly along $w$, the ground is steep, and a
# few steps take the path to the floor. Along the floor, where $b$ rises and $w$
# gives way a little, it is nearly level, and the gradient with it nearly zero. At
# *Rate 0.02* the path overshoots and swings about the floor; at *Rate 0.028* the
# swings hardly shrink. With *Rate 0.001* the path turns into the floor and has no
# time left to follow it.
#
# ### How large may the rate be?
#
# Cut the surface along one of the axes of its oval contour lines, with $t$ the
# distance from the minimum. The cut is a parabola, $\frac{1}{2} \lambda t^2$ plus a
# constant, whose second derivative $\lambda$ is the **curvature**. Its slope is
# $\lambda t$, so one step turns $t$ into $t - \eta \lambda t$: as for the bowl, each
# step multiplies the distance by one factor, $1 - \eta \lambda$. The walk converges
# if that lies between $-1$ and $1$ along every axis, which means
#
# $$\eta < \frac{2}{\lambda_{\max}}.$$
#
# The steepest axis sets the limit, and all the others have to live with it. The
# second derivatives of the MSE form a matrix,
#
# $$\frac{2}{n} \begin{bmatrix} \sum x_i^2 & \sum x_i \\ \sum x_i & n \end{bmatrix},$$
#
# and its eigenvalues are the curvatures along the two axes.

# %%
#| id: rate-limit
#| try:
#|   - label: Centred
#|     set: {inputs: X - X.mean()}
#|     expect: abs(limit - 0.1153) < 1e-4
#|   - label: Centred and scaled
#|     set: {inputs: (X - X.mean()) / X.std()}
#|     expect: abs(limit - 1) < 1e-9
#|   - label: Ten times as large
#|     set: {inputs: 10 * X}
#|     expect: abs(limit - 0.000297) < 1e-6
inputs = X
cross = np.mean(inputs)
second_derivatives = [
    [2 * np.mean(inputs**2), 2 * cross],
    [2 * cross, 2],
]
curvatures = np.linalg.eigvalsh(second_derivatives)
limit = 2 / max(curvatures)
print("curvatures:", [round(float(c), 2) for c in curvatures])
print(f"the rate must stay below {limit:.4g}")

# %% [markdown]
# So $0.02$ works and $0.05$ doesn't. For the bowl, where both curvatures are $2$,
# the formula gives a limit of $1$, the rate at which it bounced. *Ten times as
# large* shows how much depends on the units of the data: measure $x$ in
# millimetres instead of centimetres, and the same rate that worked will diverge.
# *Centred and scaled* subtracts the mean of the inputs and divides by their
# standard deviation. Now both curvatures are $2$: the valley has become the
# bowl, and a rate of $0.5$ would solve it in one jump. *Centred* alone does part
# of it. Features that have been **standardised** like this train fast.

# %% [markdown]
# ## 8. Multi-feature regression
#
# A house has more than one feature. With $d$ features a sample is a row of $d$
# numbers, and the $n$ samples are the rows of a matrix $X$. There is one weight for
# each feature, so $w$ is a vector, and all the predictions together are one
# matrix–vector product:
#
# $$\hat y = Xw + b.$$
#
# The slope for weight $w_j$ is what it was, with feature $j$ in the place of $x$:
# $\frac{2}{n} \sum_i (\hat y_i - y_i)\, x_{ij}$. That is the dot product of column $j$
# of $X$ with the errors, and the transpose does it for all columns at once:
#
# $$\nabla_w \text{MSE} = \frac{2}{n} X^T (\hat y - y), \qquad
# \frac{\partial\,\text{MSE}}{\partial b}
# = \frac{2}{n} \sum_{i=1}^{n} (\hat y_i - y_i).$$
#
# The code hardly grows. An `X` with one dimension counts as one feature, so the
# capstone's data must give the capstone's line.


# %%
#| id: multi
#| try:
#|   - label: No noise
#|     set: {noise: 0}
#|     expect: abs(w[0] - 2) < 0.02 and abs(b - 1) < 0.1
#|   - label: No noise, 5000 epochs
#|     set: {noise: 0, epochs: 5000}
#|     expect: abs(w[0] - 2) < 1e-4 and abs(b - 1) < 1e-4
def linear_regression_multi(X, y, learning_rate=0.01, epochs=1000):
    """Fit y = X @ w + b, one row of X per sample: w and b."""
    X = np.reshape(X, (len(X), -1))  # one dimension: one feature
    n, d = X.shape
    w, b = np.zeros(d), 0.0
    for _ in range(epochs):
        error = X @ w + b - y
        w = w - learning_rate * (2 / n) * X.T @ error
        b = b - learning_rate * (2 / n) * error.sum()
    return w, b


X, y = make_data(noise=0.5)
w, b = linear_regression_multi(X, y, epochs=500)
print(f"y = {w[0]:.3f}x + {b:.3f}")

# %% [markdown]
# The same line, from the matrix form. *No noise* should find $2$ and $1$ exactly
# and doesn't: after 500 epochs it is still on the valley floor. *No noise, 5000
# epochs* arrives.
#
# Now two features, and $y = 1 + 2x_1 + 3x_2$ plus noise.

# %%
#| id: two-features
#| try:
#|   - label: No noise
#|     set: {noise: 0}
#|     expect: abs(b - 1) < 1e-9 and np.allclose(w, true_w, atol=1e-9)
#|   - label: A useless feature
#|     set: {true_w: "np.array([2, 0])"}
#|     expect: abs(w[1]) < 0.1
#|   - label: Five features
#|     set: {true_w: "np.array([2, 3, -1, 0.5, 4])"}
#|     expect: len(w) == 5 and np.allclose(w, true_w, atol=0.15)
#|   - label: 50 epochs
#|     set: {epochs: 50}
#|     expect: 1 < w[0] < 1.8 and 1 < w[1] < 2.6
true_w = np.array([2, 3])
noise = 0.3

np.random.seed(42)
X = np.random.randn(100, len(true_w))
y = 1 + X @ true_w + noise * np.random.randn(100)

w, b = linear_regression_multi(X, y, epochs=2000)
print(f"b = {b:.3f}")
print("w =", [round(float(weight), 3) for weight in w])

# %% [markdown]
# All three numbers are near those that made the data. *No noise* brings them
# out to nine digits, and in fewer epochs than the single feature needed above:
# these features are centred and of one scale, so the valley is nearly round. *A
# useless feature* gets a weight near $0$, which is how a model says that it
# doesn't matter. *Five features* needs no new code. With *50 epochs* all the
# weights are too small, because the walk began at $0$ and isn't there yet.

# %% [markdown]
# ## Summary
#
# - The **derivative** is the slope of the tangent, the limit of secant slopes. By
#   computer, take the central difference: its error shrinks like $h^2$, until
#   rounding takes over below $h \approx 10^{-5}$.
# - A **partial derivative** is the slope along one axis, with all other variables
#   held fixed. The **gradient** $\nabla f$ is the vector of all of them. It points
#   in the direction of steepest ascent, at a right angle to the contour line.
# - **Gradient descent** repeats $w \leftarrow w - \eta \, \nabla f(w)$. Too small a
#   learning rate crawls, too large a one diverges; the limit is
#   $2 / \lambda_{\max}$, set by the steepest curvature.
# - The **chain rule** multiplies local slopes. **Backpropagation** does so from the
#   loss backwards, one layer after the other.
# - **Linear regression** is gradient descent on the mean squared error. In matrix
#   form, $\hat y = Xw + b$ and $\nabla_w = \frac{2}{n} X^T (\hat y - y)$, it takes any
#   number of features. Features on one scale make it fast.
#
# A neural network is trained in the same way: a loss, its gradient by
# backpropagation, and the step downhill.
