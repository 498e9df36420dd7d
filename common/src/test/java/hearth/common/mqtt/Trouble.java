package hearth.common.mqtt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Watches the packets that go through a {@link Cable}, and lets one {@link Mishap} happen at its place. */
final class Trouble implements Cable.Weather {

    private final Mishap mishap;
    private final Runnable beforeReturn;

    // Guarded by this: a connection has a thread for each way.
    private final Map<String, Integer> begun = new HashMap<>();
    private final List<Packet> passed = new ArrayList<>();
    private long struckAtNanos;
    private boolean struck;

    /** @param beforeReturn what makes the broker forget, for a mishap that needs it */
    Trouble(Mishap mishap, Runnable beforeReturn) {
        this.mishap = mishap;
        this.beforeReturn = beforeReturn;
    }

    @Override
    public Cable.Carrier carrier(Mishap.Way way) {
        if (way == Mishap.Way.TO_BROKER && mishap.what() == Mishap.What.FORGET && hasStruck()) {
            beforeReturn.run();
        }
        return new Watch(way);
    }

    /** The packets that have gone through whole. */
    synchronized List<Packet> passed() {
        return List.copyOf(passed);
    }

    synchronized boolean hasStruck() {
        return struck;
    }

    /** By {@link System#nanoTime}. */
    synchronized long struckAtNanos() {
        return struckAtNanos;
    }

    private synchronized int begin(Mishap.Way way, String kind) {
        return begun.merge(way + kind, 1, Integer::sum);
    }

    private synchronized void passed(Packet packet) {
        passed.add(packet);
    }

    private void strike(Cable.Line line) throws IOException {
        synchronized (this) {
            struck = true;
            struckAtNanos = System.nanoTime();
        }
        switch (mishap.what()) {
            case CUT, FORGET -> line.cut();
            case RESET -> line.reset();
            case STALL -> line.stall();
            case SLOW -> line.slow();
            case LATE -> line.late();
        }
    }

    /** One way of one connection. */
    private final class Watch implements Cable.Carrier {

        private final Mishap.Way way;
        private final Framing framing = new Framing();
        private int nth;
        private boolean here;

        Watch(Mishap.Way way) {
            this.way = way;
        }

        @Override
        public void carry(byte[] bytes, int count, Cable.Line line) throws IOException {
            int delivered = 0;
            for (int i = 0; i < count; i++) {
                if (framing.isBetween()) {
                    String kind = Framing.kind(bytes[i]);
                    nth = begin(way, kind);
                    here = mishap.isAt(way, kind, nth);
                }
                if (here && framing.taken() == mishap.bytes()) {
                    line.deliver(bytes, delivered, i);
                    delivered = i;
                    here = false;
                    strike(line);
                }
                int length = framing.take(bytes[i]);
                if (length > 0) {
                    passed(new Packet(way, framing.kind(), nth, length));
                    if (here) {
                        line.deliver(bytes, delivered, i + 1);
                        delivered = i + 1;
                        here = false;
                        strike(line);
                    }
                }
            }
            line.deliver(bytes, delivered, count);
        }
    }
}
