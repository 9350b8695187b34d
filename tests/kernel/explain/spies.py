"""Objects that notice being asked anything, and names of every sort, for programs that fail."""

SPY = """
seen = []


def watch(name):
    def method(*arguments):
        seen.append(name)
        raise RuntimeError("it was asked")

    return method


class Meta(type):
    def __getattribute__(cls, name):
        seen.append(("class", name))
        return type.__getattribute__(cls, name)

    def __getattr__(cls, name):
        seen.append(("class", name))
        raise AttributeError(name)

    def __eq__(cls, other):
        seen.append("class ==")
        return cls is other

    def __hash__(cls):
        seen.append("class hash")
        return 1

    def __instancecheck__(cls, other):
        seen.append("isinstance")
        return True

    def __repr__(cls):
        seen.append("class repr")
        return "Spy"


class Spy(metaclass=Meta):
    def __getattribute__(self, name):
        seen.append(name)
        return object.__getattribute__(self, name)

    __repr__ = watch("repr")
    __str__ = watch("str")
    __len__ = watch("len")
    __iter__ = watch("iter")
    __bool__ = watch("bool")
    __eq__ = watch("==")
    __hash__ = watch("hash")
    __getitem__ = watch("[]")
    __contains__ = watch("in")
    __format__ = watch("format")
    __index__ = watch("index")
    __float__ = watch("float")
    __add__ = __radd__ = __mul__ = __rmul__ = __matmul__ = __rmatmul__ = watch("operator")
    __truediv__ = __rtruediv__ = __lt__ = __gt__ = watch("operator")
    shape = property(watch("shape"))
    __class__ = property(watch("class"))


spy = Spy()
"""
NAMES = """
import math
import numpy as np
x = [1, 2.5, 3]
n = 3
zero = 0
t = 'text'
d = {'alpha': 1, 2: 'b'}
a = np.ones(3)
X = np.ones((3, 2))
none = None
p = (1, 'a')
s = {1, 2}
class Box:
    def __init__(self, content):
        self.content = content
    def open(self, key):
        return self.content[key]
box = Box([1])
def f(u, v=1):
    return u + v
def g(u):
    u * 2
losses = [1.0, 2.0, 4.0, 8.0, 16.0]
"""
