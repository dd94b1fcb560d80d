/** The webhook of Imagegate as a servlet. */
module io.imagegate.servlet {
    requires transitive io.imagegate.core;
    requires transitive jakarta.servlet;
    requires static org.jspecify;

    exports io.imagegate.servlet;
}
