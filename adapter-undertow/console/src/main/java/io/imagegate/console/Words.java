package io.imagegate.console;

import java.util.List;
import java.util.Locale;

/** Sentences of the playground itself, in the languages of its page. Problems of policies and formats have those of the library. */
enum Words {
    TOO_LONG("expected at most %s bytes", "最多 %s 字节"),
    NAMESPACE(
            "expected the name of a namespace: at most 63 of a-z, 0-9 and \"-\", with a letter or digit at both ends",
            "命名空间名称最多 63 个字符，只能包含 a-z、0-9 和 “-”，且首尾必须是字母或数字"),
    INSTANT(
            "expected an instant such as 2026-11-25T12:00:00Z, or nothing, which is now",
            "请填写时刻，例如 2026-11-25T12:00:00Z；留空表示当前时间"),
    NO_IMAGE("no image found, expected at least one", "没有找到镜像，至少需要一个"),
    STATUS("a Status of the API server: expected a manifest or a review", "这是 API 服务器返回的 Status，应为清单或审查请求"),
    NOT_READ("%s: not read: the playground reads no other file", "%s：未读取：试验场不会读取其他文件"),
    PART_NOT_READ("%s: not read: %s", "%s：未读取：%s"),
    TEST_NOT_RUN("this policy test is not run here: \"imagegate test\" runs it", "此处不运行策略测试，请使用 “imagegate test”"),
    TOO_SLOW(
            "this takes longer than %s seconds: expected fewer rules, expressions, exceptions or images",
            "判定时间超过 %s 秒：请减少规则、表达式、例外或镜像的数量"),
    TOO_MUCH("the decision is too long to be shown: expected fewer rules or images", "判定结果过长，无法显示：请减少规则或镜像的数量"),
    MORE("%s more problems", "另有 %s 个问题"),
    LINE("line %s", "第 %s 行");

    /** The languages of the page, of which the first is that of the library. */
    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

    private final String english;
    private final String chinese;

    Words(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    /** {@return the sentence with these values} */
    String in(Locale language, Object... values) {
        String form = language.equals(Locale.SIMPLIFIED_CHINESE) ? chinese : english;
        return String.format(Locale.ROOT, form, values);
    }
}
