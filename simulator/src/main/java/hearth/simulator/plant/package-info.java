/** What surrounds the devices, as physics has it: a room, the weather, a coffee machine, a car on its way. */
@org.jspecify.annotations.NullMarked
package hearth.simulator.plant;
