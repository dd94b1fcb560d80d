package io.imagegate.signature.form;

import java.util.Map;

/**
 * A signature as a manifest holds it. It keeps the bytes, which must not change.
 *
 * @param mediaType says the form
 * @param annotations of the layer
 * @param content of the layer
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Layer(String mediaType, Map<String, String> annotations, byte[] content) {}
