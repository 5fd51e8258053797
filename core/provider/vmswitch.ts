import { EventTable } from './event-table.ts';
import { dropReasonMap } from './pktmon-drop-reasons.ts';

/** The virtual switch, vmswitch.sys. */
export const vmSwitchProvider = '{67dc0d66-3695-47c0-9642-33f76f7bd7ad}';
export const vmSwitchProviderName = 'Microsoft-Windows-Hyper-V-VmSwitch';

/** Ids of the events that the rest of the house reads by name. */
export const VmSwitchEvent = {
  Dropped: 53,
  DroppedAtNic: 54,
  DroppedAtNicToo: 55,
  NblReceived: 56,
  NblRouted: 57,
  NblDelivered: 58,
  ExtensionDropped: 60,
  NicConnected: 232,
} as const;

/**
 * Texts are counted in UTF-16 units and have no zero behind them. What is certain is names and order of the fields;
 * public sources leave open which one-byte-or-four flags and which counted addresses are meant, so those are tried both
 * ways. 240 to 242 have the fields of 56, 58 and 57, but nobody tells what sets them apart.
 * 277's field types are read off a rendered event: its texts end with a zero, as nothing counts them.
 */
export const vmSwitchEvents = new EventTable({
  provider: vmSwitchProvider,
  providerName: vmSwitchProviderName,
  maps: { DropReason: dropReasonMap },
  abbreviations: {
    NIC: 'NicName:counted NicFName:counted',
    PORT: 'PortName:counted PortFName:counted',
    SWITCH: 'SwitchName:counted SwitchFName:counted',
    SRCNIC: 'SrcNicName:counted SrcNicFName:counted',
    DESTNIC: 'DestNicName:counted DestNicFName:counted',
  },
  rows: `
1 | Status:status
2 | Status:status
3 | Status:status
4 | Status:status UniqueEvent:u32
5 | NIC
6 | Status:status NIC UniqueEvent:u32
7 | NIC
8 | Status:status NIC UniqueEvent:u32
9 | SWITCH Flags:hex32 OwnerService:u32
10 | Status:status SWITCH UniqueEvent:u32
11 | Status:status SWITCH UniqueEvent:u32
12 | Status:status PORT SWITCH UniqueEvent:u32
13 | Status:status NIC UniqueEvent:u32
14 | Status:status SWITCH UniqueEvent:u32
15 | Status:status PORT SWITCH UniqueEvent:u32
16 | Status:status NIC UniqueEvent:u32
17 | NIC PORT SWITCH
18 | Status:status NIC PORT SWITCH UniqueEvent:u32
19 | NIC
20 | Status:status NIC UniqueEvent:u32
21 | NIC
22 | NIC
23 | NIC
24 | NIC
25 | MacAddress:countedBytes Port1Name:counted Port1FName:counted Port2Name:counted Port2FName:counted
26 | VMName:counted VMId:counted ServerVersion:counted ClientVersion:counted
28 | MacAddress:countedBytes Port1Name:counted Port1FName:counted Port2Name:counted Port2FName:counted
29 | MacAddress:countedBytes NIC
30 | MacAddress:countedBytes NIC
31 | MacAddress:countedBytes NIC
32 | Status:status NIC PORT SWITCH UniqueEvent:u32
33 | VMName:counted NIC PORT SWITCH
34 | Status:status PORT SWITCH UniqueEvent:u32
35 | Status:status NIC PORT SWITCH UniqueEvent:u32
36 | PORT SWITCH AclName:counted
37 | IpsecOffloadInboundDropReason:u32 PORT SWITCH DestAddress:countedBytes SPI:u32
38 | PORT SWITCH DestAddress:countedBytes SPI:u32
39 | PORT SWITCH OffloadHandle:hex64
40 | IpsecSaOffloadFailureReason:u32 PORT SWITCH Status:status
41 | Status:status SWITCH UniqueEvent:u32
42 | SWITCH Flags:hex32 OwnerService:u32
43 | SWITCH Flags:hex32 OwnerService:u32
44 | SWITCH VmqIndex:u32 SourceProcIndex:u32 DestinationProcIndex:u32
45 | PORT SWITCH
46 | SWITCH PORT
47 | CurrentTime:u64 BytesSent:u32 BytesDropped:u32 NewSendWindow:u32 MinSendWindow:u32 Weight:u32 SBytesRequested:i64 DropRate:u32 IdleIntervals:u64 RcSendWindow:u32 RcEpisodeLength:u32 RcStatMuxFactor:u32 RcExitThreshold:u32 AverageMaxBytesRequested:u32
48 | CurrentTime:u64 ActiveFlows:u32 ActiveWeight:u32 NewSendWindow:u32
49 | FlowConformanceEvent:u32 CurrentTime:u64 LastConformanceTime:u64 PeakConformanceTime:u64 Tokens:u64 MaxTokens:u64 Rate:u64 LastConformanceCredits:u32
50 | FlowSendQueueEvent:u32 CurrentTime:u64 IdleTime:u64 DelayTime:u64 BytesRequested:u32 BytesSent:u32 BytesQueued:u32
51 | TimerEvent:u32 TimerId:u32 CurrentTime:u64 SetTime:u64 RunTime:u64 FlowsProcessed:u32 NblsSent:u32 NblsDropped:u32 Flags:hex32
52 | CurrentTime:u64 BytesRequested:u32 BytesCompleted:u32 BytesInQueue:u32 BufferAvailable:i64 BetaTerm:i64 AlphaTerm:i64 DeltaSendWindow:i64 NewSendWindow:i64
53 | DropReason:u32=DropReason
54 | NIC SWITCH DropReason:u32=DropReason
55 | NIC SWITCH DropReason:u32=DropReason
56 | NIC SWITCH BufferAddress:pointer | NBL %9 received from Nic %2 (Friendly Name: %4) in switch %6 (Friendly Name: %8)
57 | SRCNIC DESTNIC SWITCH BufferAddress:pointer | NBL %13 routed from Nic %2 (Friendly Name: %4) to Nic %6 (Friendly Name: %8) on switch %10 (Friendly Name: %12)
58 | NIC SWITCH BufferAddress:pointer | NBL %9 delivered to Nic %2 (Friendly Name: %4) in switch %6 (Friendly Name: %8)
59 | ExtensionName:counted SRCNIC DESTNIC SWITCH
60 | SRCNIC SWITCH ExtensionGuid:counted ExtensionFriendlyName:counted Reason:counted
61 | ExtensionNameLength:u32 ExtensionName:wstr[ExtensionNameLength] ExtensionId:guid FeatureClassId:guid NIC VMName:counted VMId:counted
62 | SWITCH Flags:hex32 OwnerService:u32
63 | Status:status SWITCH UniqueEvent:u32
64 | SWITCH Flags:hex32 OwnerService:u32
65 | Status:status SWITCH UniqueEvent:u32
66 | SWITCH Flags:hex32 OwnerService:u32
67 | PORT SWITCH Flags:hex32 OwnerService:u32
68 | Status:status PORT SWITCH UniqueEvent:u32
69 | PORT SWITCH Flags:hex32 OwnerService:u32
70 | Status:status PORT SWITCH UniqueEvent:u32
71 | PORT SWITCH Flags:hex32 OwnerService:u32
72 | Status:status PORT SWITCH UniqueEvent:u32
73 | Status:status PORT SWITCH UniqueEvent:u32
74 | Status:status PORT SWITCH UniqueEvent:u32
75 | Status:status PORT SWITCH UniqueEvent:u32 Operation:u32
76 | Status:status NIC Operation:u32 UniqueEvent:u32
77 | Status:status NIC UniqueEvent:u32
78 | Status:status PORT SWITCH PropertyId:guid InstanceId:guid UniqueEvent:u32 Operation:u32
79 | PORT SWITCH PropertyId:guid InstanceId:guid Operation:u32
80 | Status:status SWITCH PropertyId:guid InstanceId:guid UniqueEvent:u32 Operation:u32
81 | SWITCH PropertyId:guid InstanceId:guid Operation:u32
82 | Status:status PORT SWITCH Reservation:i64 Weight:i64 Limit:i64 BurstLimit:i64 BurstSize:i64 FailReason:u32 Operation:u32
83 | PORT SWITCH Reservation:i64 Weight:i64 Limit:i64 BurstLimit:i64 BurstSize:i64 Operation:u32
84 | SWITCH Status:status Reservation:i64 Weight:i64
85 | SWITCH Status:status Reservation:i64 Weight:i64
86 | Status:status PORT SWITCH PropertyId:guid InstanceId:guid UniqueEvent:u32 Operation:u32
87 | PORT NIC
88 | PORT SWITCH AllowMacSpoofing:bool|u8 EnableDhcpGuard:bool|u8 EnableRouterGuard:bool|u8 MonitorMode:u32 MonitorSession:u32 AllowIeeePriorityTag:bool|u8 VirtualSubnetId:u32 AllowTeaming:bool|u8 StormLimit:u32 DynamicIPAddressLimit:u32 EnableFixSpeed10G:bool|u8 FailReason:u32
89 | PORT SWITCH AllowMacSpoofing:bool|u8 EnableDhcpGuard:bool|u8 EnableRouterGuard:bool|u8 MonitorMode:u32 MonitorSession:u32 AllowIeeePriorityTag:bool|u8 VirtualSubnetId:u32 AllowTeaming:bool|u8 StormLimit:u32 DynamicIPAddressLimit:u32 EnableFixSpeed10G:bool|u8
90 | PORT SWITCH Direction:u32 Applicability:u32 Type:u32 Action:u32 LocalAddr:countedBytes LocalPrefix:u32 RemoteAddr:countedBytes RemotePrefix:u32 FailReason:u32
91 | PORT SWITCH Direction:u32 Applicability:u32 Type:u32 Action:u32 LocalAddr:countedBytes LocalPrefix:u32 RemoteAddr:countedBytes RemotePrefix:u32
92 | PORT SWITCH PropertyId:guid InstanceId:guid Operation:u32
93 | SWITCH PropertyId:guid InstanceId:guid Operation:u32
94 | PORT SWITCH IPSecOffloadLimit:u32 VMQOffloadWeight:u32 IovOffloadWeight:u32 QueuePairs:u32 InterruptModeration:u32 FailReason:u32
95 | PORT SWITCH FailReason:u32
96 | PORT NIC
97 | Status:status SWITCH FailReason:u32
98 | ExtensionId:guid NIC PORT SWITCH
99 | NIC PORT SWITCH
100 | Status:status SWITCH Reservation:i64 Weight:i64 FailReason:u32 Operation:u32
101 | SWITCH Reservation:i64 Weight:i64 Operation:u32
102 | VMName:counted VMId:counted
103 | Status:status SWITCH PropertyId:guid InstanceId:guid UniqueEvent:u32 Operation:u32
104 | Status:status NIC Operation:u32 UniqueEvent:u32
105 | Status:status PORT SWITCH UniqueEvent:u32 Operation:u32
106 | NIC SWITCH QueueMode:u32
107 | DataOidTarget:u32 Oid:hex32 SWITCH
108 | DataOidTarget:u32 Oid:hex32 SWITCH Status:status
109 | DataOidTarget:u32 Oid:hex32 SWITCH SRCNIC SrcNicIndex:u32 DstNicName:counted DstNicFName:counted DstNicIndex:u32
110 | DataOidTarget:u32 Oid:hex32 SWITCH SRCNIC SrcNicIndex:u32 DstNicName:counted DstNicFName:counted DstNicIndex:u32 Status:status
111 | StatusTarget:u32 Oid:hex32 SWITCH
112 | StatusTarget:u32 Oid:hex32 SWITCH SRCNIC SrcNicIndex:u32 DstNicName:counted DstNicFName:counted DstNicIndex:u32
113 | Status:status NIC SWITCH FailReason:u32
114 | Status:status NIC SWITCH FailReason:u32
115 | NIC SWITCH
116 | SWITCH NIC NicIndex:u32 NetCfgInstanceId:guid Status:status
117 | SWITCH NIC NicIndex:u32 NetCfgInstanceId:guid Status:status
118 | SWITCH NIC ConfigurationType:u32
119 | PORT SWITCH
120 | SWITCH NIC
121 | PORT SWITCH
122 | NIC SWITCH QueueMode:u32 Status:status FailReason:u32
123 | NIC LinkSpeed:u64 VmqSupported:bool|u8 dynamicVmqSupported:bool|u8 QueueMode:u32 EnabledFilterTypes:u32 EnabledQueueTypes:u32 SupportedQueueProperties:u32 SupportedFilterTests:u32 SupportedHeaders:u32 SupportedMacHeaderFields:u32
124 | NIC
125 | NIC
126 | NIC
127 | PORT SWITCH FailReason:u32
128 | PORT SWITCH FailReason:u32 Ext1:u32 Ext2:u32
129 | PORT SWITCH FailReason:u32 RoutingDomainGuid:counted RoutingDomainName:counted Ext1:u32 Ext2:u32
130 | PORT SWITCH Direction:u32 Action:u32 LocalIPAddr:counted RemoteIPAddr:counted LocalPort:counted RemotePort:counted Protocol:u32 Weight:u32 Stateful:bool|u8 IdleSessionTimeout:u32 VirtualSubnetId:u32 FailReason:u32
131 | PORT SWITCH Direction:u32 Weight:u32
132 | Status:status SWITCH UniqueEvent:u32
133 | SWITCH ProcIndex:u32 VmqIndex:u32 RssQueueIndex:u32
134 | SWITCH ProcIndex:u32 VmqIndex:u32
135 | ProcIndex:u32 ProcUtil:u32
136 | SWITCH VmqIndex:u32 RssQueueIndex:u32 ProcIndex:u32 QueueLoad:u32
137 | SWITCH VmqIndex:u32 RssQueueIndex:u32 ProcIndex:u32 QueueLoad:u32 SafeThreshold:u32
138 | SWITCH VmqIndex:u32 ProcIndex:u32 QueueLoad:u32
139 | SWITCH VmqIndex:u32 ProcIndex:u32 QueueLoad:u32 SafeThreshold:u32
140 | SWITCH VmqIndex:u32 RssQueueIndex:u32 ReceiveProcIndex:u32 SendProcIndex:u32 DestinationReceiveProcIndex:u32 DestinationSendProcIndex:u32
141 | SWITCH IsActivate:u32 VmqIndex:u32 ProcIndex:u32
142 | NIC SWITCH FailReason:u32 Status:status Flags:hex32 BaseCpuNumber:u32 HashInformation:u32 IndirectionTableSize:u32 IndirectionTableOffset:u32 HashSecretKeySize:u32 HashSecretKeyOffset:u32
143 | NIC SWITCH Flags:hex32 BaseCpuNumber:u32 HashInformation:u32 IndirectionTableSize:u32 IndirectionTableOffset:u32 HashSecretKeySize:u32 HashSecretKeyOffset:u32
144 | FailReason:u32
145 | FailReason:u32
146 | FailReason:u32 NIC PtNicName:counted PtNicFName:counted
147 | FailReason:u32 NIC PtNicName:counted PtNicFName:counted
148 | FailReason:u32 NdisOid:hex32 Status:status NIC PtNicName:counted PtNicFName:counted
149 | FailReason:u32 NetEvent:u32 Status:status NIC
150 | FailReason:u32 NIC PtNicName:counted PtNicFName:counted
151 | FailReason:u32 NIC PtNicName:counted PtNicFName:counted
152 | OldMember:guid NewMember:guid
153 | Member:guid Status:i32
154 | Member:guid Status:i32
155 | Member:guid Status:i32
156 | Member:guid Status:i32
157 | TeamNic:hex64 Member:guid
158 | Member:guid Status:i32
159 | TeamNic:hex64 Status:i32
160 | Member:guid Status:i32
161 | Status:i32
162 | Member:guid Status:i32
163 | Aggregator:hex64
164 | TeamNic:hex64 Member:guid Status:i32
165 | TeamNic:hex64 StatusBuffer:countedBytes
166 | TeamNic:hex64 Receiver:hex64
167 | TeamNic:hex64 Receiver:hex64
168 | TeamNic:hex64 Status:i32
169 | TeamNic:hex64 Aggregator:hex64
170 | TeamNic:hex64 Member:guid Status:i32
171 | TeamNic:hex64 Status:i32
173 | Member:guid OldAggregator:hex64 NewAggregator:hex64
174 | Member:guid Status:i32
175 | Member:guid Status:i32
176 | Member:guid Buffer:countedBytes
177 | Member:guid OldState:u32 NewState:u32
178 | Member:guid OldState:u32 NewState:u32
179 | Member:guid OldState:u32 NewState:u32
180 | Member:guid Buffer:countedBytes
181 | Member:guid OldAggregator:hex64 NewAggregator:hex64 Ready:bool|u8
182 | Member:guid OldAggregator:hex64 NewAggregator:hex64 Ready:bool|u8
183 | Member:guid ChurnType:i32 OldState:i32 NewState:i32
184 | DriverObject:wstr Member:wstr
185 | DriverObject:wstr Member:wstr
186 | DriverObject:wstr Member:wstr
187 | DriverObject:wstr Member:wstr
188 | DriverObject:wstr Member:wstr
189 | DriverObject:wstr Member:wstr
190 | Status:status NIC UniqueEvent:u32
191 | NIC
192 | NIC
193 | NIC
194 | NIC Operation:u32 FailureCode:u32 FailureReason:u32 Ext1:u32 Ext2:u32
195 | NIC Operation:u32 FailureCode:u32 FailureReason:u32 Ext1:u32 HeaderType:u32 HeaderRevision:u32 HeaderSize:u32 ExtensionId:guid FeatureId:guid SaveDataSize:u32 SaveDataSizeOverflow:u32
196 | NIC Operation:u32 FailureCode:u32 FailureReason:u32 Ext1:u32 HeaderType:u32 HeaderRevision:u32 HeaderSize:u32 ExtensionId:guid FeatureId:guid SaveDataSize:u32 SaveDataSizeOverflow:u32
197 | VlanID:u32 NIC FailReason:u32
198 | NIC Status:status FailureReason:u32
199 | NIC Status:status FailureReason:u32
200 | NIC Status:status FailureReason:u32
201 | NIC Status:status FailureReason:u32
202 | NIC
203 | NIC
204 | FilterId:u32 vPortId:u32 Status:status VportsSupported:bool|u8 EmbeddedTeaming:bool|u8 NicIndex:u32 DstVPortId:u32 VlanId:u32 MacLength:u32 MacAddress:bytes[MacLength]|wstr
205 | FilterId:u32 SrcVPortId:u32 Status:status VportsSupported:bool|u8 EmbeddedTeaming:bool|u8 NicIndex:u32 DstVPortId:u32
206 | Status:status SwitchName:counted SwitchFriendlyName:counted TeamingMode:u32 LoadBalancingAlgorithm:u32 VmqSumOfQueues:bool|u8
207 | Status:status SwitchName:counted SwitchFriendlyName:counted TeamingMode:u32 LoadBalancingAlgorithm:u32 VmqSumOfQueues:bool|u8
208 | Status:status SwitchName:counted SwitchFriendlyName:counted TeamingMode:u32 LoadBalancingAlgorithm:u32 VmqSumOfQueues:bool|u8
209 | Status:status SwitchName:counted SwitchFriendlyName:counted TeamingMode:u32 LoadBalancingAlgorithm:u32 VmqSumOfQueues:bool|u8
210 | Status:status SwitchName:counted SwitchFriendlyName:counted TeamingMode:u32 LoadBalancingAlgorithm:u32 VmqSumOfQueues:bool|u8
211 | Status:status SwitchName:counted SwitchFriendlyName:counted TeamingMode:u32 LoadBalancingAlgorithm:u32 VmqSumOfQueues:bool|u8
212 | Status:status SwitchName:counted SwitchFriendlyName:counted NicName:counted NicFriendlyName:counted NicIndex:u32
213 | Status:status SwitchName:counted SwitchFriendlyName:counted NicName:counted NicFriendlyName:counted NicIndex:u32
214 | Status:status SwitchName:counted SwitchFriendlyName:counted NicName:counted NicFriendlyName:counted NicIndex:u32
215 | FilterId:u32 vPortId:u32 Status:status VportsSupported:bool|u8 EmbeddedTeaming:bool|u8 NicIndex:u32
216 | FailReason:u32 NIC PtNicName:counted PtNicFName:counted
217 | FailReason:u32 NetEvent:u32 Status:status NIC
218 | NIC PORT SWITCH RoutingDomainCount:u32 MultiTenantStackEnabled:bool|u8 Status:status Ext1:u32 Ext2:u32
219 | NIC PORT SWITCH RoutingDomainCount:u32 MultiTenantStackEnabled:bool|u8 Status:status Ext1:u32 Ext2:u32
220 | NIC PORT SWITCH NicStatus:u32 Status:status
221 | NIC PORT SWITCH ObjectState:u32 NicState:u32 NicPaused:bool|u8 BuffersNotReady:bool|u8
222 | NIC PORT SWITCH ObjectState:u32 NicState:u32 NicPaused:bool|u8 BuffersNotReady:bool|u8
223 | SWITCH
224 | PORT SWITCH
225 | NIC SWITCH FailReason:u32 Status:status Flags:hex32 BaseCpuNumber:u32 HashInformation:u32 IndirectionTableSize:u32 IndirectionTableOffset:u32 HashSecretKeySize:u32 HashSecretKeyOffset:u32
226 | NIC SWITCH Flags:hex32 BaseCpuNumber:u32 HashInformation:u32 IndirectionTableSize:u32 IndirectionTableOffset:u32 HashSecretKeySize:u32 HashSecretKeyOffset:u32
227 | Status:status SWITCH DefaultQueueVrssEnabled:bool|u8 DefaultQueueVmmqEnabled:bool|u8 DefaultQueueVrssMaxQueuePairs:i32 DefaultQueueVrssMinQueuePairs:i32 DefaultQueueVrssQueueSchedulingMode:u32 DefaultQueueVrssExcludePrimaryProcessor:bool|u8 DefaultQueueVrssIndependentHostSpreading:bool|u8 FailReason:u32 Operation:u32
228 | SWITCH DefaultQueueVrssEnabled:bool|u8 DefaultQueueVmmqEnabled:bool|u8 DefaultQueueVrssMaxQueuePairs:i32 DefaultQueueVrssMinQueuePairs:i32 DefaultQueueVrssQueueSchedulingMode:u32 DefaultQueueVrssExcludePrimaryProcessor:bool|u8 DefaultQueueVrssIndependentHostSpreading:bool|u8 Operation:u32
229 | FailReason:u32 SwitchName:counted SwitchFriendlyName:counted MemberAdapterName:counted MemberAdapterFriendlyName:counted NicIndex:u32
230 | SwitchName:counted SwitchFriendlyName:counted NvgreEnabled:bool|u8 VxLanEnabled:bool|u8
231 | MacAddress:countedBytes MemberAdapterName:counted MemberAdapterFriendlyName:counted TimeDiff:i64
232 | NIC PORT SWITCH | NIC %2 (Friendly Name: %4) successfully connected to port %6 (Friendly Name: %8) on switch %10(Friendly Name: %12). | Information
233 | NIC Operation:u32
234 | NicName:counted PortName:counted
235 | Status:status NicName:counted PortName:counted UniqueEvent:u32
236 | Status:status NIC UniqueEvent:u32
237 | SWITCH Reason:u32
238 | Status:status NIC UniqueEvent:u32
239 | Status:status SWITCH UniqueEvent:u32
240 | NIC SWITCH BufferAddress:pointer
241 | NIC SWITCH BufferAddress:pointer
242 | SRCNIC DESTNIC SWITCH BufferAddress:pointer
243 | SWITCH NIC AvailableAddressFilters:u32 RequestedVlanIDs:u32
244 | SWITCH NIC AvailableAddressFilters:u32 RequestedVlanIDs:u32
245 | FilterId:u32 vPortId:u32 Status:status VportsSupported:bool|u8 EmbeddedTeaming:bool|u8 NicIndex:u32 DstVPortId:u32 VlanId:u32 MacLength:u32 MacAddress:bytes[MacLength]|wstr
246 | FilterId:u32 SrcVPortId:u32 Status:status VportsSupported:bool|u8 EmbeddedTeaming:bool|u8 NicIndex:u32 DstVPortId:u32
247 | FilterId:u32 vPortId:u32 Status:status VportsSupported:bool|u8 EmbeddedTeaming:bool|u8 NicIndex:u32
248 | NIC Status:status FailureReason:u32
249 | NIC Status:status FailureReason:u32
250 | NIC Status:status FailureReason:u32
251 | NIC Status:status FailureReason:u32
252 | SWITCH ProcessorIndex:u32 QueueSizeMBytes:u32 QueueLimitMBytes:u32
253 | SWITCH ProcessorIndex:u32 QueueSizeMBytes:u32 QueueLimitMBytes:u32
254 | FailReason:u32 NetEvent:u32 Status:status NIC
255 | Status:status PORT NIC RdmaWeight:u32 FailReason:u32
256 | Status:status PORT NIC RdmaWeight:u32 FailReason:u32
257 | Status:status PORT NIC RdmaWeight:u32 FailReason:u32
258 | Status:status NIC UniqueEvent:u32
259 | NdisOid:hex32 OidFailureStatus:status FailureMode:u32 SwitchFName:counted NIC PtNicFName:counted
260 | SWITCH VmqIndex:u32 RssQueueIndex:i16 NdisStatus:i32
261 | Status:status SWITCH DropLowResourcesPackets:bool|u8 FailReason:u32 Operation:u32
262 | SWITCH DropLowResourcesPackets:bool|u8 Operation:u32
263 | NIC
264 | PORT SWITCH Flags:hex32 OwnerService:u32
265 | SWITCH NIC
266 | SWITCH NIC
267 | IoctlCode:hex32 ElapsedTime:u64 Status:status
268 | ConnectivityState:u32
269 | Status:status NIC UniqueEvent:u32
270 | SWITCH NIC
275 | Status:status NIC PORT SWITCH UniqueEvent:u32
276 | Status:status NIC UniqueEvent:u32
277 | BuildNumber:u32 BuildArch:wstr BuildBranch:wstr Debug:bool Official:bool Date:wstr Time:wstr | vmswitch.sys build %1.%2.%3, debug %4, official %5, %6 %7 | Information
`,
});
