package hearth.coffee;

import hearth.common.message.FaultCode;

/** What may be wrong with a coffee machine. */
final class CoffeeFaults {

    static final FaultCode RELAY = new FaultCode(
            "relay-" + Brewer.MACHINE,
            "the pin of the machine's relay could not be switched on: that brew is lost",
            "the journal has the cause");

    static final FaultCode NO_WATER =
            new FaultCode("no-water", "the water's contact is open: nothing is brewed", "fill it, or look at its wire");

    static final FaultCode NO_CUP = new FaultCode(
            "no-cup",
            "a car is near enough to brew for, and the cup's contact is open",
            "put one there, or look at its wire");

    static final FaultCode CLOCK_UNSYNCED = new FaultCode(
            "clock-unsynced",
            "nobody has told this machine the time, so quiet hours are not kept",
            "`timedatectl` says whether it reaches a time server");

    private CoffeeFaults() {}
}
