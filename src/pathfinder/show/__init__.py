"""What people and programs see of a result, a pack and a FAQ: decided once, then drawn."""
