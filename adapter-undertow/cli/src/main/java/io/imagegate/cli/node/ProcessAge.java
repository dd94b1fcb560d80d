package io.imagegate.cli.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** How long this process has been running. On a busy node its start takes a part of the time that containerd gives it. */
public final class ProcessAge {

    /** In /proc a second has 100 ticks, whatever the processor is. */
    private static final int MILLIS_PER_TICK = 10;

    /** Where the start is among the fields behind the name of the program, which may hold blanks. */
    private static final int START = 19;

    private ProcessAge() {}

    /** {@return the time since the start; zero where the kernel does not tell it} */
    public static Duration now() {
        return of(Path.of("/proc"));
    }

    static Duration of(Path proc) {
        try {
            String stat = Files.readString(proc.resolve("self/stat"));
            long start =
                    Long.parseLong(stat.substring(stat.lastIndexOf(") ") + 2).split(" ", -1)[START]);
            // Written with two decimals, so without the point it counts ticks, too.
            String uptime = Files.readString(proc.resolve("uptime")).split(" ", -1)[0];
            long ticks = Long.parseLong(uptime.replace(".", "")) - start;
            return Duration.ofMillis(Math.max(0, ticks) * MILLIS_PER_TICK);
        } catch (IOException | RuntimeException untold) {
            return Duration.ZERO;
        }
    }
}
