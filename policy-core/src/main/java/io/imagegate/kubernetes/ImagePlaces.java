package io.imagegate.kubernetes;

import java.util.Arrays;

/** Lines, columns and offsets of images in their text. Not thread-safe. */
final class ImagePlaces {

    static final ImagePlaces NONE = new ImagePlaces();

    private static final int NUMBERS = 3;

    private int[] numbers = {};
    private int count;

    /** Adds the place of the next image. */
    void add(int line, int column, int offset) {
        int at = NUMBERS * count;
        if (at == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(2 * NUMBERS, 2 * numbers.length));
        }
        numbers[at] = line;
        numbers[at + 1] = column;
        numbers[at + 2] = offset;
        count++;
    }

    /** {@return the line of an image, from 1} */
    int line(int image) {
        return numbers[NUMBERS * image];
    }

    /** {@return the column of an image, from 1} */
    int column(int image) {
        return numbers[NUMBERS * image + 1];
    }

    /** {@return where an image starts; -1 if that is unknown} */
    int offset(int image) {
        return numbers[NUMBERS * image + 2];
    }
}
