/** Pages of Imagegate for the browser: the console of a replica and the playground. */
module io.imagegate.console {
    requires transitive io.imagegate.inputs;
    requires tools.jackson.core;
    requires static org.jspecify;

    exports io.imagegate.console to
            io.imagegate.server;
}
