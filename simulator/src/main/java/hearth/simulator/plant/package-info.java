/** Physical models of the surroundings of the devices: a room, the weather, a coffee machine, a car. */
@org.jspecify.annotations.NullMarked
package hearth.simulator.plant;
