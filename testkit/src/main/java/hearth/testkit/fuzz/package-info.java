/** Fuzz tests: millions of mutated inputs, measured, and Jazzer. */
package hearth.testkit.fuzz;
