package io.imagegate.cli.check.report;

import picocli.CommandLine.Help.Ansi;

/**
 * How text for people looks.
 *
 * @param ansi whether there are colours
 * @param links whether names of files are links
 * @param grouping what a block is about
 * @param quiet whether it has only what denies
 * @param verbose whether it lists what otherwise is counted
 */
public record TextOptions(Ansi ansi, FileLinks links, Grouping grouping, boolean quiet, boolean verbose) {

    /**
     * {@return the options of a file, in which nothing but text stands}
     *
     * @param grouping what a block is about
     * @param quiet whether it has only what denies
     * @param verbose whether it lists what otherwise is counted
     */
    public static TextOptions plain(Grouping grouping, boolean quiet, boolean verbose) {
        return new TextOptions(Ansi.OFF, FileLinks.none(), grouping, quiet, verbose);
    }
}
