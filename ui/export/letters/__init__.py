"""Letters to the offices that a plan gives something to do: who gets one, what it says, all of them at once."""
