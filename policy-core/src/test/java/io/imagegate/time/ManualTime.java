package io.imagegate.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves; timers that are due run on the thread that moves it. */
public final class ManualTime implements TimeSource {

    private record Task(long due, long number, Runnable work) {}

    private final Instant start;
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong count = new AtomicLong();
    private final Set<Task> tasks =
            new ConcurrentSkipListSet<>(Comparator.comparingLong(Task::due).thenComparing(Task::number));

    public ManualTime(String start) {
        this.start = Instant.parse(start);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(passed.get());
    }

    @Override
    public long nanos() {
        return passed.get();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Task added = new Task(passed.get() + Math.max(0, delay.toNanos()), count.incrementAndGet(), task);
        tasks.add(added);
        return () -> tasks.remove(added);
    }

    /** {@return how many timers wait} */
    public int timers() {
        return tasks.size();
    }

    /** Lets time pass, and runs each timer at the moment at which it is due. */
    public void pass(Duration time) {
        long end = passed.get() + time.toNanos();
        for (Optional<Task> next = due(end); next.isPresent(); next = due(end)) {
            passed.set(Math.max(passed.get(), next.get().due()));
            if (tasks.remove(next.get())) {
                next.get().work().run();
            }
        }
        passed.set(end);
    }

    private Optional<Task> due(long end) {
        return tasks.stream().findFirst().filter(task -> task.due() <= end);
    }
}
