package dev.gatehouse.template;

import dev.gatehouse.template.Syntax.Access;
import dev.gatehouse.template.Syntax.Invocation;
import dev.gatehouse.template.Syntax.Text;
import dev.gatehouse.template.Syntax.Whole;
import dev.gatehouse.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recursive descent over one expression:
 *
 * <pre>
 * expression = primary *( "." name / "." "?" name / "[" [ "?" ] expression "]" )
 * primary    = string / number / name [ "." name ] "(" [ expression *( "," expression ) ] ")"
 * </pre>
 *
 * Confined to one parse.
 */
final class Parser {
    /** Azure's own bound is 24,576 characters; this one only keeps the tree small. */
    private static final int LONGEST = 128 * 1024;

    private static final int DEEPEST = 100;
    private static final String CALLS =
            "Write a function, for example parameters('name'), or put a string into quotes.";

    private final Lexer lexer;
    private Token token;
    private int depth;

    private Parser(String text) {
        this.lexer = new Lexer(text, 1);
        this.token = lexer.next();
    }

    /**
     * The tree of an expression.
     *
     * @param text with its brackets
     * @throws EvaluationException if it is not well formed
     */
    static Syntax parse(String text) {
        if (text.length() > LONGEST) {
            throw new EvaluationException(
                    0, "the expression is longer than " + LONGEST + " characters.", "Split it over variables.");
        }
        Parser parser = new Parser(text);
        Syntax syntax = parser.expression();
        Token close = parser.take("]", "the expression");
        if (parser.token.kind() != Kind.END) {
            throw new EvaluationException(
                    close.start(),
                    "the expression ends here, but text follows.",
                    "Remove it, or combine both with concat().");
        }
        return syntax;
    }

    private Syntax expression() {
        deeper();
        int entered = depth;
        Syntax syntax = primary();
        while (token.is(".") || token.is("[")) {
            deeper();
            syntax = token.is(".") ? member(syntax) : element(syntax);
        }
        depth = entered - 1;
        return syntax;
    }

    /** Links of a chain count like nesting, because the tree of a chain is as deep as the chain is long. */
    private void deeper() {
        depth++;
        if (depth > DEEPEST) {
            throw new EvaluationException(
                    token.start(),
                    "the expression is nested deeper than " + DEEPEST + " levels.",
                    "Split it over variables.");
        }
    }

    private Syntax primary() {
        Token first = advance();
        return switch (first.kind()) {
            case TEXT -> new Text(first.start(), first.end(), first.text());
            case NUMBER -> new Whole(first.start(), first.end(), number(first));
            case NAME -> call(first);
            default ->
                throw new EvaluationException(
                        first.start(), "a value is missing before " + first.describe() + ".", CALLS);
        };
    }

    private static long number(Token token) {
        try {
            return Long.parseLong(token.text());
        } catch (NumberFormatException e) {
            throw new EvaluationException(
                    token.start(), "the number " + token.text() + " needs more than 64 bits.", "Write it as a string.");
        }
    }

    private Invocation call(Token first) {
        Optional<String> namespace = Optional.empty();
        Token name = first;
        if (token.is(".")) {
            advance();
            namespace = Optional.of(first.text());
            name = takeName("the function of \"" + first.text() + "\"");
        }
        if (!token.is("(")) {
            throw new EvaluationException(
                    token.start(), "\"(\" is missing after the name \"" + name.text() + "\".", CALLS);
        }
        advance();
        List<Syntax> arguments = arguments();
        Token close = take(")", "the arguments of \"" + name.text() + "\"");
        return new Invocation(first.start(), close.end(), namespace, name.text(), arguments);
    }

    private List<Syntax> arguments() {
        List<Syntax> arguments = new ArrayList<>();
        if (token.is(")")) {
            return arguments;
        }
        arguments.add(expression());
        while (token.is(",")) {
            advance();
            arguments.add(expression());
        }
        return arguments;
    }

    private Access member(Syntax target) {
        advance();
        boolean isSafe = skipQuestionMark();
        Token name = takeName("the property");
        return new Access(target.start(), name.end(), target, new Text(name.start(), name.end(), name.text()), isSafe);
    }

    private Access element(Syntax target) {
        advance();
        boolean isSafe = skipQuestionMark();
        Syntax key = expression();
        Token close = take("]", "the index");
        return new Access(target.start(), close.end(), target, key, isSafe);
    }

    private boolean skipQuestionMark() {
        boolean isThere = token.is("?");
        if (isThere) {
            advance();
        }
        return isThere;
    }

    private Token takeName(String what) {
        if (token.kind() != Kind.NAME) {
            throw new EvaluationException(
                    token.start(),
                    "the name of " + what + " is missing before " + token.describe() + ".",
                    "Write a name; for names with other characters than letters and digits use ['name'].");
        }
        return advance();
    }

    private Token take(String sign, String what) {
        if (!token.is(sign)) {
            throw new EvaluationException(
                    token.start(),
                    "\"" + sign + "\" that ends " + what + " is missing before " + token.describe() + ".",
                    "Check commas, quotes, brackets and parentheses here and before.");
        }
        return advance();
    }

    private Token advance() {
        Token taken = token;
        token = lexer.next();
        return taken;
    }
}
