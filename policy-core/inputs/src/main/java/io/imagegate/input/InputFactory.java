package io.imagegate.input;

/**
 * Factory of a file format that Imagegate does not have. {@link java.util.ServiceLoader} finds factories: a jar names its factory
 * in {@code META-INF/services/io.imagegate.input.InputFactory} or in its module descriptor. {@code check} and {@code pin} then
 * read files of this format where they find them, and {@code --input} takes its name. Formats of factories are
 * tried before those of Imagegate. A program can also give its factories to {@code InputSettings.withMoreFactories}.
 *
 * <pre>{@code
 * public final class LockFiles implements InputFactory {
 *     public Input create() {
 *         return new LockFile();
 *     }
 *
 *     private static final class LockFile implements Input {
 *         public String name() {
 *             return "image-lock";
 *         }
 *
 *         public boolean isNamed(Path file) {
 *             return file.endsWith("images.lock");
 *         }
 *
 *         public boolean recognises(InputFile file) {
 *             return file.path() != null && isNamed(file.path());
 *         }
 *
 *         public void read(InputFile file, InputListener found) throws IOException {
 *             var lines = new BufferedReader(new InputStreamReader(file.in(), StandardCharsets.UTF_8));
 *             int number = 0;
 *             for (String line = lines.readLine(); line != null; line = lines.readLine()) {
 *                 number++;
 *                 String[] words = line.split("=", 2);
 *                 if (words.length == 2) {
 *                     InputImage image = InputImage.of(words[1], words[0], number, words[0].length() + 2);
 *                     found.object(InputObject.of(file.name(), number, "image " + words[0], List.of(image)));
 *                 }
 *             }
 *         }
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public interface InputFactory {

    /**
     * Creates the format for one run.
     *
     * @return the format
     */
    Input create();
}
