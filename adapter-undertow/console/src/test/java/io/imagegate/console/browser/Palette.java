package io.imagegate.console.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Makes pictures small: of their colours, the 256 most frequent ones stay, and each other one becomes that which is nearest. */
final class Palette {

    private static final int SIZE = 256;

    private Palette() {}

    static byte[] png(byte[] picture) throws IOException {
        BufferedImage from = ImageIO.read(new ByteArrayInputStream(picture));
        Map<Integer, Integer> frequencies = new HashMap<>();
        for (int y = 0; y < from.getHeight(); y++) {
            for (int x = 0; x < from.getWidth(); x++) {
                frequencies.merge(from.getRGB(x, y), 1, Integer::sum);
            }
        }
        List<Integer> colours = frequencies.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SIZE)
                .map(Map.Entry::getKey)
                .toList();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(indexed(from, colours), "png", png);
        return png.toByteArray();
    }

    private static BufferedImage indexed(BufferedImage from, List<Integer> colours) {
        int[] palette = colours.stream().mapToInt(Integer::intValue).toArray();
        IndexColorModel model =
                new IndexColorModel(8, palette.length, palette, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
        BufferedImage to = new BufferedImage(from.getWidth(), from.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        Map<Integer, Integer> nearest = new HashMap<>();
        for (int y = 0; y < from.getHeight(); y++) {
            for (int x = 0; x < from.getWidth(); x++) {
                int index = nearest.computeIfAbsent(from.getRGB(x, y), colour -> nearest(palette, colour));
                to.getRaster().setSample(x, y, 0, index);
            }
        }
        return to;
    }

    private static int nearest(int[] palette, int colour) {
        int best = 0;
        for (int i = 1; i < palette.length; i++) {
            if (distance(palette[i], colour) < distance(palette[best], colour)) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(int one, int other) {
        int sum = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            int difference = (one >> shift & 0xff) - (other >> shift & 0xff);
            sum += difference * difference;
        }
        return sum;
    }
}
