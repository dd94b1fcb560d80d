/** The webhook of Imagegate as a handler for Undertow. */
@SuppressWarnings("requires-transitive-automatic")
module io.imagegate.undertow {
    requires transitive io.imagegate.core;
    requires transitive undertow.core;
    requires xnio.api;
    requires static org.jspecify;

    exports io.imagegate.undertow;
}
