def play(*_): return 0
