"""`python -m searchidx` is the command `searchidx`."""

from searchidx.cli import main

if __name__ == "__main__":
    main(prog_name="searchidx")
