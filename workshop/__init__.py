"""The Ideenwerkstatt: rooms whose boards gather ideas, and dots that rank them."""
