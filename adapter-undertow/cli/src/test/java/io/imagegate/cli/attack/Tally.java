package io.imagegate.cli.attack;

import io.imagegate.cli.Latencies;
import java.util.Map;
import java.util.TreeMap;

/** What became of the reviews of well-behaved clients. Thread-safe. */
final class Tally {

    private static final int MOST_PROBLEMS = 20;

    private final Latencies latencies = new Latencies();
    private final Map<String, Integer> problems = new TreeMap<>();
    private int sent;
    private int answered;

    /** A review of which nothing is known to have gone wrong yet. */
    @FunctionalInterface
    interface Question {

        /** Returns the answer's text. */
        String ask() throws Exception;
    }

    /** Asks, and notes whether the answer is the right one. */
    boolean note(String kind, Review review, Question question) throws InterruptedException {
        long start = System.nanoTime();
        String problem;
        try {
            String answer = question.ask();
            problem = review.isAnsweredBy(answer)
                    ? ""
                    : kind + ": " + answer.lines().findFirst().orElse("empty");
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failed) {
            problem = kind + ": " + failed;
        }
        note(System.nanoTime() - start, problem);
        return problem.isEmpty();
    }

    private synchronized void note(long nanos, String problem) {
        sent++;
        latencies.add(nanos);
        if (problem.isEmpty()) {
            answered++;
        } else if (problems.size() < MOST_PROBLEMS || problems.containsKey(problem)) {
            problems.merge(problem, 1, Integer::sum);
        }
    }

    synchronized int sent() {
        return sent;
    }

    synchronized int answered() {
        return answered;
    }

    synchronized double p99Millis() {
        return latencies.millis(0.99);
    }

    /** The longest time that a good review took. */
    synchronized double slowestMillis() {
        return latencies.millis(1);
    }

    synchronized Map<String, Integer> problems() {
        return new TreeMap<>(problems);
    }

    @Override
    public synchronized String toString() {
        return latencies.toString();
    }
}
