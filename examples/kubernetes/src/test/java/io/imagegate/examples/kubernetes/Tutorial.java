package io.imagegate.examples.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fenced blocks of a page. What a fence says after its language tells what the block is: {@code bash} is run,
 * {@code bash cluster} and {@code bash build} are not, {@code text} after {@code bash} is what was printed, and
 * {@code yaml} with a path is the content of that file.
 *
 * @param blocks in their order
 */
record Tutorial(List<Block> blocks) {

    private static final Pattern FENCE = Pattern.compile("(?ms)^```([^\\n`]*)\\n(.*?)^```$");

    /**
     * One fenced block.
     *
     * @param info what stands behind the opening fence
     * @param text the lines in it
     */
    record Block(String info, String text) {}

    /**
     * Commands and what they print.
     *
     * @param commands for a shell
     * @param output what the page says they print, empty when it says nothing
     */
    record Step(String commands, String output) {}

    static Tutorial read(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(Files.readString(page));
        while (fence.find()) {
            blocks.add(new Block(fence.group(1), fence.group(2)));
        }
        return new Tutorial(List.copyOf(blocks));
    }

    /** What is run on any machine. */
    List<Step> steps() {
        return steps("bash");
    }

    List<Step> steps(String info) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).info().equals(info)) {
                boolean printed =
                        i + 1 < blocks.size() && blocks.get(i + 1).info().equals("text");
                steps.add(new Step(
                        blocks.get(i).text(), printed ? blocks.get(i + 1).text() : ""));
            }
        }
        return steps;
    }

    List<Block> withInfo(String start) {
        return blocks.stream().filter(block -> block.info().startsWith(start)).toList();
    }
}
