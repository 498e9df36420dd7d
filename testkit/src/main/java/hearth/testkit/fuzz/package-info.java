/** Fuzz tests: millions of mutated inputs, measured, and Jazzer. */
package hearth.common.hostile;
