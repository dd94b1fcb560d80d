package io.imagegate.cli.plugin;

/** A folder of plugins that cannot be used. */
public final class PluginProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PluginProblem(String message) {
        super(message);
    }
}
