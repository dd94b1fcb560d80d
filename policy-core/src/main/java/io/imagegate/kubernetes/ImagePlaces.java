package io.imagegate.kubernetes;

import java.util.Arrays;

/** Lines and offsets of images in their text. Not thread-safe. */
final class ImagePlaces {

    static final ImagePlaces NONE = new ImagePlaces();

    private int[] numbers = {};
    private int count;

    /** Adds the place of the next image. */
    void add(int line, int offset) {
        if (2 * count == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(4, 2 * numbers.length));
        }
        numbers[2 * count] = line;
        numbers[2 * count + 1] = offset;
        count++;
    }

    /** {@return the line of an image, from 1} */
    int line(int image) {
        return numbers[2 * image];
    }

    /** {@return where an image starts; -1 if that is unknown} */
    int offset(int image) {
        return numbers[2 * image + 1];
    }
}
