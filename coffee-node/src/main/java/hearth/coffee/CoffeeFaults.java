package hearth.coffee;

import hearth.common.message.FaultCode;

/** The faults of a coffee machine. */
final class CoffeeFaults {

    static final FaultCode RELAY = new FaultCode(
            "relay-" + Brewer.MACHINE,
            "the pin of the machine's relay could not be switched on: this brew is not made",
            "the journal has the cause");

    static final FaultCode NO_WATER = new FaultCode(
            "no-water",
            "the water contact is open: the node does not brew",
            "fill the tank, or check the wire of the contact");

    static final FaultCode NO_CUP = new FaultCode(
            "no-cup",
            "the car is close enough to start a brew, and the cup contact is open: the node does not brew",
            "put a cup in its place, or check the wire of the contact");

    static final FaultCode CLOCK_UNSYNCED = new FaultCode(
            "clock-unsynced",
            "the clock of this Pi is not synchronised: quiet hours do not apply",
            "`timedatectl` shows whether the Pi reaches a time server");

    private CoffeeFaults() {}
}
