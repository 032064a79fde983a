"""The list of captures that the modules beside this one make."""

CAPTURES = {}


def capture(name):
    """Registers a function that returns the bytes of the capture `name`; its docstring says what that shows."""

    def register(make):
        if name in CAPTURES:
            raise ValueError("two captures named " + name)
        CAPTURES[name] = make
        return make

    return register
