"""Why a block is as it is: what every other choice would cost, and what forbids it."""
