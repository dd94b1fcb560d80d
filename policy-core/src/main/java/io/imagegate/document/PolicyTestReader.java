package io.imagegate.document;

/** Reads policy tests. */
final class PolicyTestReader {

    static final String KIND = "ImagePolicyTest";

    private PolicyTestReader() {}
}
