"""Papers: which kinds there are, what each must state, how they are numbered."""
