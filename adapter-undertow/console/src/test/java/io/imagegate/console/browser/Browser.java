package io.imagegate.console.browser;

import static org.assertj.core.api.Assertions.fail;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.UnexpectedAlertBehaviour;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chromium without a screen, driven over chromedriver. It resolves no name but those of loopback, downloads nothing and keeps nothing.
 * Elements are found by their {@code data-test}; each look waits until there is something to see.
 */
final class Browser implements AutoCloseable {

    /** How long a condition may take; a busy machine needs seconds for what takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How long to wait before the second look; each later pause is longer, since a look costs as much as the page does. */
    private static final long FIRST_PAUSE_MILLIS = 15;

    private static final long LONGEST_PAUSE_MILLIS = 100;

    /** A page of each server without content. */
    static final String NOTHING = "/nothing";

    static final String NOTHING_AT_ALL = "<!doctype html><link rel=icon href=data:,><title>nothing</title>";

    /**
     * Those of a list of elements that a person sees: those of some size that no style hides. An option is seen where its field is.
     */
    private static final String VISIBLE = """
            const large = element => {
              const box = element.getBoundingClientRect();
              return box.width > 0 && box.height > 0 || [...element.children].some(large);
            };
            return arguments[0].map(element => [element, element.closest('select') ?? element])
                .filter(([element, shown]) => shown.checkVisibility({visibilityProperty: true, opacityProperty: true}) && large(shown))
                .map(([element]) => element);
            """;

    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriverService service;
    private final ChromeDriver driver;
    private final Path profile;
    private final String agent;
    private String origin = "";
    private Complaints complaints = new Complaints(List.of(), List.of());

    private Browser(ChromeDriverService service, Path profile) {
        this.service = service;
        this.driver = new ChromeDriver(service, options(profile));
        this.profile = profile;
        this.agent = String.valueOf(script("return navigator.userAgent"));
        // For a JVM that is told to end amid a test; a browser ends once.
        Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
    }

    /** Starts a browser; leaves the test out where there is none. */
    static Browser start() throws IOException {
        Machine.needs("chromium", "chromedriver");
        // It warns that it has no classes for the protocol of this version, which nobody uses here.
        SELENIUM.setLevel(Level.SEVERE);
        Path profile = Files.createTempDirectory("imagegate-browser");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(
                        Machine.find("chromedriver").orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        try {
            return new Browser(service, profile);
        } catch (RuntimeException e) {
            service.stop();
            delete(profile);
            throw e;
        }
    }

    private static ChromeOptions options(Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.setBinary(Machine.find("chromium").orElseThrow().toFile());
        // It stands among the complaints.
        options.setUnhandledPromptBehaviour(UnexpectedAlertBehaviour.DISMISS);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-extensions",
                "--disable-component-extensions-with-background-pages",
                // A page that was left ends, and its streams with it.
                "--disable-features=BackForwardCache,Translate,OptimizationHints,MediaRouter",
                "--disable-dev-shm-usage",
                "--force-color-profile=srgb",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
                "--user-data-dir=" + profile,
                "about:blank");
        return options;
    }

    /** Whether chromedriver is gone, as it is now and then without a word, in one of a hundred classes or so. */
    boolean isLost() {
        return !service.isRunning();
    }

    /** Visits the pages of a server from now on. */
    Browser at(String server) {
        origin = server;
        return this;
    }

    /** Forgets what pages and tests left: other tabs, stored settings, emulated screens; and opens a page in English. */
    void fresh(String path) {
        fresh(path, "en-US,en");
    }

    void fresh(String path, String languages) {
        closeOtherTabs();
        // Of the same origin, so that the page after it has no process to start.
        driver.get(origin + NOTHING);
        cdp("Storage.clearDataForOrigin", Map.of("origin", origin, "storageTypes", "all"));
        cdp(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        cdp("Browser.setDownloadBehavior", Map.of("behavior", "deny"));
        prefer(Scheme.LIGHT);
        languages(languages);
        cdp("Emulation.setTimezoneOverride", Map.of("timezoneId", "UTC"));
        screen(1280, 900);
        Complaints.of(driver.manage().logs(), origin);
        complaints = new Complaints(List.of(), List.of());
        open(path);
    }

    private void closeOtherTabs() {
        List<String> tabs = new ArrayList<>(driver.getWindowHandles());
        tabs.remove(0);
        for (String tab : tabs) {
            driver.switchTo().window(tab).close();
        }
        driver.switchTo().window(driver.getWindowHandles().iterator().next());
    }

    void open(String path) {
        driver.get(path.startsWith("/") ? origin + path : path);
    }

    void openInNewTab(String url) {
        driver.switchTo().newWindow(WindowType.TAB);
        driver.get(url);
    }

    void reload() {
        driver.navigate().refresh();
    }

    String url() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /** Colours that the person at the browser prefers. */
    enum Scheme {
        LIGHT,
        DARK
    }

    void prefer(Scheme scheme) {
        Map<String, Object> colours = Map.of("name", "prefers-color-scheme", "value", name(scheme));
        Map<String, Object> motion = Map.of("name", "prefers-reduced-motion", "value", "reduce");
        cdp("Emulation.setEmulatedMedia", Map.of("features", List.of(colours, motion)));
    }

    static String name(Scheme scheme) {
        return scheme == Scheme.DARK ? "dark" : "light";
    }

    /** The languages of the person at the browser, in their order; pages see them when they are opened. */
    void languages(String accepted) {
        cdp("Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", accepted));
    }

    void screen(int width, int height) {
        boolean phone = width < 500;
        Map<String, Object> screen = new LinkedHashMap<>();
        screen.put("width", width);
        screen.put("height", height);
        screen.put("deviceScaleFactor", 1);
        screen.put("mobile", phone);
        cdp("Emulation.setDeviceMetricsOverride", screen);
        cdp("Emulation.setTouchEmulationEnabled", Map.of("enabled", phone));
    }

    Map<String, Object> cdp(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    Object script(String script, Object... arguments) {
        return Optional.ofNullable(driver.executeScript(script, arguments)).orElse("");
    }

    /** The value of a promise. */
    Object promised(String promise) {
        String script = "const done = arguments[arguments.length - 1];" + "Promise.resolve(" + promise
                + ").then(done, e => done('failed: ' + e))";
        return Optional.ofNullable(driver.executeAsyncScript(script)).orElse("");
    }

    static By named(String name) {
        return By.cssSelector("[data-test='" + name + "']");
    }

    /** The first visible element of a name. */
    WebElement see(String name) {
        return see(named(name));
    }

    WebElement see(By by) {
        return await(() -> "nothing visible is " + by, () -> all(by).stream().findFirst());
    }

    /** The visible elements of a name, of which there may be none now. */
    List<WebElement> all(String name) {
        return all(named(name));
    }

    private List<WebElement> all(By by) {
        return visible(driver.findElements(by));
    }

    /** Asks once for all elements; {@link WebElement#isDisplayed} sends a long script for each. */
    List<WebElement> visible(List<WebElement> elements) {
        return elements.isEmpty()
                ? List.of()
                : ((List<?>) script(VISIBLE, elements))
                        .stream().map(WebElement.class::cast).toList();
    }

    void click(String name) {
        click(named(name));
    }

    /** Clicks as soon as nothing is in the way. */
    void click(By by) {
        awaitTrue("cannot click " + by, () -> {
            try {
                see(by).click();
                return true;
            } catch (WebDriverException covered) {
                return false;
            }
        });
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void chord(Keys modifier, CharSequence key) {
        new Actions(driver).keyDown(modifier).sendKeys(key).keyUp(modifier).perform();
    }

    void hover(WebElement element) {
        new Actions(driver).moveToElement(element).perform();
    }

    /** Moves the mouse to a place of the window. */
    void pointAt(int x, int y) {
        new Actions(driver).moveToLocation(x, y).perform();
    }

    /** Chooses an option by its value. */
    void choose(String name, String value) {
        click(By.cssSelector("[data-test='" + name + "'] option[value='" + value + "']"));
    }

    /** The values of the options of a field. */
    List<String> values(String name) {
        return see(name).findElements(By.tagName("option")).stream()
                .map(option -> String.valueOf(option.getDomProperty("value")))
                .toList();
    }

    /** Replaces what a field has. */
    void write(String name, String text) {
        WebElement field = see(name);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE, text);
    }

    /** What was last copied. */
    String clipboard() {
        return String.valueOf(promised("navigator.clipboard.readText()"));
    }

    /** The name of the element that has the focus; of what stands in a shadow root, that of its host. */
    String focused() {
        return String.valueOf(script("return document.activeElement.closest('[data-test]')?.dataset.test ?? ''"));
    }

    /** Presses the tab key until an element has the focus. */
    void tabTo(String name) {
        List<String> passed = new ArrayList<>();
        while (!focused().equals(name)) {
            passed.add(focused());
            if (passed.size() > 80) {
                fail("the tab key does not lead to " + name + " but to " + passed);
            }
            press(Keys.TAB);
        }
    }

    /** Waits until the text of an element contains another. */
    String seeText(String name, String part) {
        return await(
                () -> name + " has no '" + part + "' but: " + text(name),
                () -> Optional.of(text(name)).filter(text -> text.contains(part)));
    }

    /** The text of the first visible element of a name; empty if there is none. */
    String text(String name) {
        return all(name).stream().findFirst().map(WebElement::getText).orElse("");
    }

    /** All texts of a page that a person sees. */
    String text() {
        return see(By.tagName("body")).getText();
    }

    void awaitTrue(String problem, BooleanSupplier condition) {
        await(() -> problem, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until there is a value. */
    <T> T await(Supplier<String> problem, Supplier<Optional<T>> probe) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        do {
            try {
                Optional<T> found = probe.get();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (StaleElementReferenceException | NoSuchElementException changed) {
                // The page draws it anew.
            }
            pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        } while (System.nanoTime() < end);
        return fail(problem.get());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the browser complained of since it was {@linkplain #fresh fresh}. */
    Complaints complaints() {
        complaints = complaints.and(Complaints.of(driver.manage().logs(), origin));
        return complaints;
    }

    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() throws IOException {
        try {
            if (isLost() && driver.getCapabilities().getCapability("goog:processID") instanceof Number id) {
                ProcessHandle.of(id.longValue()).ifPresent(ProcessHandle::destroyForcibly);
            }
            driver.quit();
        } finally {
            delete(profile);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
