# Captures network traffic with NetEventPacketCapture: Virtual switch.
# Written by Hopscope. It installs nothing, and changes nothing that it does not put back.
#
#   .\capture-powershell.ps1                  starts, waits for Enter, stops and gathers
#   .\capture-powershell.ps1 -Action Start    starts, and returns
#   .\capture-powershell.ps1 -Action Stop     stops and gathers: as the user who started
#
# Run it as administrator. Where scripts are not allowed: powershell -ExecutionPolicy Bypass -File FILE
[CmdletBinding()]
param(
    [ValidateSet('Run', 'Start', 'Stop')]
    [string] $Action = 'Run',
    # For a program that runs this script: told of each phase, and looked for in place of Enter.
    [string] $StatusFile = '',
    [string] $StopFile = ''
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$traceFile = [Environment]::ExpandEnvironmentVariables('C:\Traces\%COMPUTERNAME%_vNetTrace.etl')
$traceFolder = [IO.Path]::GetDirectoryName($traceFile)
$bundleFolder = [IO.Path]::Combine($traceFolder, [IO.Path]::GetFileNameWithoutExtension($traceFile) + '-bundle')
$stateFile = "$traceFile.started.txt"
$megabytes = 1024
$bytesOfMegabyte = 1048576
$user = [Security.Principal.WindowsIdentity]::GetCurrent()
$started = ''
$result = $traceFile
$parts = $null

function Write-Phase {
    param([string] $Phase, [string] $Words)
    Write-Host $Words
    if ($StatusFile -ne '') { [IO.File]::AppendAllText($StatusFile, "$Phase|$Words`r`n") }
}

function Assert-Administrator {
    $principal = New-Object Security.Principal.WindowsPrincipal $user
    if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
        throw 'Only an administrator can capture. Open PowerShell with "Run as administrator", and run this again.'
    }
}

# A network drive is too slow, and what is written to it would be captured too.
function Assert-LocalDisk {
    $root = [IO.Path]::GetPathRoot($traceFile)
    if ($root.StartsWith('\\') -and -not $root.StartsWith('\\?\') -and -not $root.StartsWith('\\.\')) {
        throw "$traceFile lies on another machine. Choose a folder on a local disk."
    }
    if ($root.StartsWith('\\')) { return }
    $drive = New-Object IO.DriveInfo $root
    if ($drive.DriveType -eq [IO.DriveType]::Network) { throw "$root is a network drive. Choose a local disk." }
    if ($drive.AvailableFreeSpace -lt $megabytes * $bytesOfMegabyte) {
        throw "$root has $([Math]::Floor($drive.AvailableFreeSpace / $bytesOfMegabyte)) MB free, and the trace may take $megabytes MB."
    }
}

# A trace of an earlier run is kept under another name.
function Move-EarlierTrace {
    if (-not (Test-Path -LiteralPath $traceFile)) { return }
    $time = [IO.File]::GetLastWriteTime($traceFile).ToString('yyyyMMdd-HHmmss')
    $kept = [IO.Path]::ChangeExtension($traceFile, ".$time.etl")
    Move-Item -LiteralPath $traceFile -Destination $kept -Force
    Write-Host "The trace of an earlier run is now $kept"
}

function Assert-Tool {
    if (-not (Get-Module -ListAvailable -Name NetEventPacketCapture)) {
        throw 'This Windows has no module NetEventPacketCapture, which came with Windows 8.1 and Server 2012 R2.'
    }
}

function Get-RunningCapture {
    Get-NetEventSession | Where-Object { [string] $_.SessionStatus -eq 'Running' } | ForEach-Object { $_.LocalFilePath }
}

function Start-Tool {
    # What an earlier run left behind.
    Get-NetEventSession | Where-Object { $_.Name -eq 'Hopscope' } | Remove-NetEventSession
    $other = @(Get-NetEventSession)
    if ($other.Count -gt 0) {
        throw "Windows has one session of this kind at a time, and there is '$($other[0].Name)' already. Remove-NetEventSession takes it away."
    }
    try {
        New-NetEventSession -Name 'Hopscope' -LocalFilePath $traceFile -MaxFileSize 1024 -CaptureMode SaveToFile | Out-Null
        Add-NetEventPacketCaptureProvider -SessionName 'Hopscope' -CaptureType Physical -TruncationLength 128 | Out-Null
        Add-NetEventNetworkAdapter -Name 'Ethernet' | Out-Null
        Add-NetEventNetworkAdapter -Name 'O''Brien’’s NIC' | Out-Null
        Add-NetEventProvider -SessionName 'Hopscope' -Name 'Microsoft-Windows-Hyper-V-VmSwitch' -Level 0x5 | Out-Null
        Start-NetEventSession -Name 'Hopscope'
    } catch {
        Get-NetEventSession | Where-Object { $_.Name -eq 'Hopscope' } | Remove-NetEventSession
        throw
    }
}

function Stop-Tool {
    Stop-NetEventSession -Name 'Hopscope'
    Remove-NetEventSession -Name 'Hopscope'
}

function Start-Capture {
    $running = @(Get-RunningCapture)
    if ($running -contains $traceFile) {
        Write-Phase 'capturing' "This capture runs already and writes $traceFile"
        return
    }
    if ($running.Count -gt 0) {
        throw "Windows captures packets once at a time, and a capture runs already: $($running[0])"
    }
    [void] [IO.Directory]::CreateDirectory($traceFolder)
    Assert-LocalDisk
    Move-EarlierTrace
    Start-Tool
    $script:started = [DateTimeOffset]::Now.ToString('o')
    [IO.File]::WriteAllText($stateFile, "$($user.Name)`r`n$script:started`r`n")
    Write-Phase 'capturing' "Capturing to $traceFile"
}

function Stop-Capture {
    if (Test-Path -LiteralPath $stateFile) {
        $state = [IO.File]::ReadAllLines($stateFile)
        $script:started = $state[1]
        if ($state[0] -ne $user.Name) {
            Write-Warning "$($state[0]) started this capture. Windows may refuse to let $($user.Name) stop it."
        }
    }
    if (@(Get-RunningCapture) -contains $traceFile) {
        Write-Phase 'stopping' 'Stopping.'
        Stop-Tool
    } else {
        Write-Host 'No capture of this script runs.'
    }
    if (-not (Test-Path -LiteralPath $traceFile)) {
        $gathered = @("$bundleFolder.zip", $bundleFolder) | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
        if (-not $gathered) { throw "There is no trace at $traceFile" }
        Write-Phase 'done' $gathered
        return
    }
    if (Test-Path -LiteralPath $stateFile) { Remove-Item -LiteralPath $stateFile -Force }
    Write-Phase 'done' $result
}

function Wait-ForStop {
    if ($StopFile -eq '') {
        [void] (Read-Host 'Make the problem happen, then press Enter to stop')
        return
    }
    while (-not (Test-Path -LiteralPath $StopFile)) { Start-Sleep -Milliseconds 500 }
}

try {
    Assert-Administrator
    Assert-Tool
    if ($Action -ne 'Stop') { Start-Capture }
    if ($Action -eq 'Run') { Wait-ForStop }
    if ($Action -ne 'Start') { Stop-Capture }
} catch {
    Write-Phase 'failed' "It did not work: $($_.Exception.Message)"
    exit 1
}
