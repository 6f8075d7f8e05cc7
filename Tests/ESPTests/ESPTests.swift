import Testing
import ESP
