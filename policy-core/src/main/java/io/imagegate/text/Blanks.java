package io.imagegate.text;

import java.util.List;

/**
 * Sentences of resource bundles with numbered blanks, such as {@code image {0} ({1})}. A {@code MessageFormat} would cost
 * more time than the decision that its sentence explains.
 *
 * @since 0.1
 */
public final class Blanks {

    private static final int BLANK_CHARS = "{0}".length();

    private Blanks() {}

    /**
     * Fills in the blanks.
     *
     * @param sentence the sentence, in which every opening brace begins a blank: a digit and a closing brace
     * @param texts the text for each number
     * @return the sentence with the texts; a blank without a text stays
     */
    public static String fill(String sentence, List<String> texts) {
        int blank = sentence.indexOf('{');
        if (blank < 0) {
            return sentence;
        }
        int length = sentence.length();
        for (String text : texts) {
            length += text.length() - BLANK_CHARS;
        }
        StringBuilder filled = new StringBuilder(length);
        int done = 0;
        for (; blank >= 0; blank = sentence.indexOf('{', done)) {
            int end = blank + BLANK_CHARS;
            int number = sentence.charAt(blank + 1) - '0';
            filled.append(sentence, done, blank)
                    .append(number < texts.size() ? texts.get(number) : sentence.substring(blank, end));
            done = end;
        }
        return filled.append(sentence, done, sentence.length()).toString();
    }
}
