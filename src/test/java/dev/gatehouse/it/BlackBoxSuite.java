package dev.gatehouse.it;

/** Everything a gateway must do in every home. */
interface BlackBoxSuite
        extends RequestTargetSuite,
                RoutingSuite,
                HeaderSuite,
                BodySuite,
                StreamingSuite,
                FailureSuite,
                HealthSuite,
                ReloadSuite,
                AnswerSuite,
                RewriteSuite,
                SelectionSuite,
                MalformedSuite,
                WebSocketHandshakeSuite,
                WebSocketSessionSuite,
                WebSocketCloseSuite,
                WebSocketRelaySuite,
                CloseCodeSuite,
                ApplicationSuite,
                TokenSuite,
                MutualTlsSuite,
                FidelitySuite,
                FidelityTargetSuite,
                FidelityAnswerSuite {}
