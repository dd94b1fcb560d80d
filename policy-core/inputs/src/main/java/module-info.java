/** Images in files of build and deployment tools, and tests of policies. */
module io.imagegate.inputs {
    requires transitive io.imagegate.files;
    requires re2j;
    requires static org.jspecify;

    exports io.imagegate.input;
    exports io.imagegate.input.text;
    exports io.imagegate.manifest;
    exports io.imagegate.policytest;
    exports io.imagegate.render;

    uses io.imagegate.input.InputFactory;
}
