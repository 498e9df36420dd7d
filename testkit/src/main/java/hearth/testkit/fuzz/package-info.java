/** Input that means harm: made by the million, measured, and by Jazzer. */
package hearth.testkit.fuzz;
