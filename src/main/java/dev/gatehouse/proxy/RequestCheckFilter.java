package dev.gatehouse.proxy;

import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.FieldCheck;
import dev.gatehouse.exchange.HeadCheck;
import dev.gatehouse.exchange.RequestCheck;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestView;
import dev.gatehouse.exchange.ServletRequestView;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.model.ClientLimits;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Refuses requests that no rule should ever see (REQ-3). Thread-safe. */
public final class RequestCheckFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient Supplier<Snapshot> snapshots;
    private final transient Refusals refusals;
    private final transient List<RequestHead.Source> heads;

    /**
     * Creates the filter.
     *
     * @param snapshots gives the configuration in force
     * @param refusals answers and logs what is refused
     */
    public RequestCheckFilter(Supplier<Snapshot> snapshots, Refusals refusals) {
        this.snapshots = snapshots;
        this.refusals = refusals;
        this.heads = ServiceLoader.load(RequestHead.Source.class, RequestHead.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ClientLimits limits = snapshots.get().configuration().local().traffic().limits();
        RequestView view = new ServletRequestView(request);
        Optional<ExchangeFailure> failure = headFault(view, request, limits);
        if (failure.isEmpty()) {
            failure = RequestCheck.fault(view, limits);
        }
        if (failure.isPresent()) {
            refusals.refuse(request, response, failure.get());
        } else {
            boolean isOpenEnded = limits.bodyBytes() > 0 && mayBeEndless(view);
            chain.doFilter(isOpenEnded ? new LimitedBody(request, limits.bodyBytes()) : request, response);
        }
    }

    private Optional<ExchangeFailure> headFault(RequestView view, ServletRequest request, ClientLimits limits) {
        @Nullable RequestHead head = headOf(request);
        if (head != null) {
            return HeadCheck.fault(head, limits, view.header("Transfer-Encoding") != null);
        }
        return Optional.ofNullable(FieldCheck.fault(view, limits));
    }

    private @Nullable RequestHead headOf(ServletRequest request) {
        for (int i = 0; i < heads.size(); i++) {
            @Nullable RequestHead head = heads.get(i).of(request);
            if (head != null) {
                return head;
            }
        }
        return null;
    }

    // HTTP/2 needs no length to have a body.
    private static boolean mayBeEndless(RequestView view) {
        return view.header("Transfer-Encoding") != null
                || (view.protocol().equals("HTTP/2.0") && view.contentLength() < 0);
    }
}
