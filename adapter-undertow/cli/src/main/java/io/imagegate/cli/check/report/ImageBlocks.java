package io.imagegate.cli.check.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects the results of one image in one place, which come one after another. Not thread-safe. */
final class ImageBlocks {

    private final Consumer<List<Result>> complete;
    private final List<Result> block = new ArrayList<>();

    ImageBlocks(Consumer<List<Result>> complete) {
        this.complete = complete;
    }

    void add(Result result) {
        if (!block.isEmpty() && !isSameImage(block.get(0), result)) {
            end();
        }
        block.add(result);
    }

    private static boolean isSameImage(Result one, Result other) {
        return one.subject().equals(other.subject())
                && one.violation().image().equals(other.violation().image());
    }

    void end() {
        if (!block.isEmpty()) {
            complete.accept(List.copyOf(block));
            block.clear();
        }
    }
}
