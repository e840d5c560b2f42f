"""The tests of the tests: each rule broken once, and what notices. `make audit` runs them all."""
