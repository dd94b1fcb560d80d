package io.imagegate.examples.embedded;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.gate.LiveGate;
import io.imagegate.policy.Decision;
import io.imagegate.review.ImageReview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a list with a namespace and an image on each line, and prints the decision on each image. Exits with 0 if all
 * are allowed, 1 if one is denied, 2 if the list is invalid.
 */
public final class DeploymentGate {

    private DeploymentGate() {}

    /**
     * Checks a list.
     *
     * @param arguments the policies, and the file with the list
     */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: DeploymentGate POLICIES LIST");
            System.exit(2);
        }
        System.exit(check(arguments[0], arguments[1]));
    }

    private static int check(String policies, String list) {
        try (LiveGate gate = LiveGate.open(policies)) {
            return denied(gate, Path.of(list)) == 0 ? 0 : 1;
        } catch (PolicyDocumentException e) {
            System.err.println(e.getMessage());
        } catch (NoSuchFileException e) {
            System.err.println("deployment list " + list + ": there is no such file");
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("deployment list " + list + ": " + e.getMessage());
        }
        return 2;
    }

    private static int denied(LiveGate gate, Path list) throws IOException {
        List<String> lines = Files.readAllLines(list);
        int denied = 0;
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).strip().split("\\s+", -1);
            if (words.length != 2) {
                throw new IllegalArgumentException("line " + (i + 1) + ": expected a namespace and an image");
            }
            Decision decision = gate.decide(ImageReview.of(words[1]).inNamespace(words[0]));
            System.out.println(words[0] + " " + words[1] + ": " + decision);
            denied += decision.allowed() ? 0 : 1;
        }
        return denied;
    }
}
