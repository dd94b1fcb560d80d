package io.imagegate.certificate;

import java.nio.ByteBuffer;

/** Reads elements of DER in parts of certificates that the JDK has parsed, but does not expose. */
public final class DerContent {

    private DerContent() {}

    /**
     * Takes an element, whose tag is not looked at.
     *
     * @param from elements one after another; its position is behind the element afterwards
     * @return the content of the element
     * @throws java.nio.BufferUnderflowException if an element is cut off in its head
     * @throws IndexOutOfBoundsException if an element is longer than what is there
     */
    public static ByteBuffer next(ByteBuffer from) {
        from.get();
        int length = Byte.toUnsignedInt(from.get());
        if (length > 0x7f) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | Byte.toUnsignedInt(from.get());
            }
        }
        ByteBuffer content = from.slice(from.position(), length);
        from.position(from.position() + length);
        return content;
    }
}
