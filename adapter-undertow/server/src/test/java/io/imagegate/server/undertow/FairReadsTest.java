package io.imagegate.server.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/** Which connections that are ready are read. */
class FairReadsTest {

    private final FairTurns turns = new FairTurns(Long.MAX_VALUE / 2, () -> 0);
    private final List<String> read = new ArrayList<>();

    /** A connection whose socket is ready whenever the test says so. */
    private final class Connection {

        private final FairReads reads;

        @SuppressWarnings("NullAway.Init")
        private ReadReadyHandler socket;

        private Connection(String name, String client) {
            reads = new FairReads(
                    (StreamSourceConduit) Proxy.newProxyInstance(
                            StreamSourceConduit.class.getClassLoader(),
                            new Class<?>[] {StreamSourceConduit.class},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("setReadReadyHandler")) {
                                    socket = (ReadReadyHandler) arguments[0];
                                }
                                return null;
                            }),
                    turns);
            reads.assign(client);
            reads.setReadReadyHandler(new ReadReadyHandler() {
                @Override
                public void readReady() {
                    read.add(name);
                }

                @Override
                public void forceTermination() {
                    read.add(name + " ended");
                }

                @Override
                public void terminated() {
                    read.add(name + " closed");
                }
            });
        }
    }

    private final Connection other = new Connection("other", "other");
    private final Connection first = new Connection("first", "busy");
    private final Connection second = new Connection("second", "busy");

    @Test
    void theSecondConnectionOfAClientIsReadInTheNextTurn() {
        other.socket.readReady();
        first.socket.readReady();
        second.socket.readReady();
        assertThat(read).containsExactly("other", "first");
        second.socket.readReady();
        assertThat(read).containsExactly("other", "first", "second");
    }

    @Test
    void aWakeUpIsNotDeferred() {
        other.socket.readReady();
        first.socket.readReady();
        second.reads.wakeupReads();
        second.socket.readReady();
        assertThat(read).containsExactly("other", "first", "second");
    }

    @Test
    void theEndOfAConnectionIsNotDeferred() {
        other.socket.readReady();
        first.socket.readReady();
        second.socket.forceTermination();
        second.socket.terminated();
        assertThat(read).containsExactly("other", "first", "second ended", "second closed");
    }
}
